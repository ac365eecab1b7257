import { Injectable, Scope } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { Log } from '../../platform/logging/log.ts';
import { PlatformModule } from '../../platform/platform.module.ts';
import { Scheduled, type ScheduleOptions } from './scheduled.ts';
import { SchedulesModule } from './schedules.module.ts';

const start = async (...providers: (new () => object)[]): Promise<void> => {
  const module = await Test.createTestingModule({ imports: [PlatformModule, SchedulesModule], providers })
    .overrideProvider(Log)
    .useValue(captureLog().log)
    .compile();
  await module.init().finally(() => module.close());
};

describe('what cannot be scheduled', () => {
  const badly = (options: ScheduleOptions, scope = Scope.DEFAULT): new () => object => {
    @Injectable({ scope })
    class Wrong {
      @Scheduled(options)
      act(): void {}
    }
    return Wrong;
  };

  it.each<[string, ScheduleOptions, string]>([
    ['an interval below a second', { name: 'report', everyMs: 999 }, 'everyMs is 999'],
    ['a cron expression that is none', { name: 'report', cron: 'daily' }, 'cron is "daily"'],
    ['no name', { name: '', everyMs: 1_000 }, 'give it a name'],
    ['no time to run', { name: 'report', everyMs: 1_000, maxRunMs: 0 }, 'maxRunMs is 0'],
  ])('refuses the start with class and method: %s', async (_what, options, message) => {
    const error = await rejectionOf(start(badly(options)));
    expect((error as Error).message).toContain(`@Scheduled on Wrong.act: ${message}`);
  });

  it('refuses the start: what there is an instance of for each request', async () => {
    const error = await rejectionOf(start(badly({ name: 'report', everyMs: 1_000 }, Scope.REQUEST)));
    expect((error as Error).message).toContain('@Scheduled on Wrong.act: it belongs to a request');
  });

  it('refuses the start: two of one name', async () => {
    const error = await rejectionOf(
      start(badly({ name: 'report', everyMs: 2_000 }), badly({ name: 'report', everyMs: 1_000 })),
    );
    expect((error as Error).message).toContain('has the name "report" already: give it another');
  });
});
