import { Injectable } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { Clock } from '../../platform/clock.ts';
import { currentContext } from '../../platform/context/request-context.ts';
import { Log } from '../../platform/logging/log.ts';
import { PlatformModule } from '../../platform/platform.module.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import { Vault } from '../../platform/vault/vault.ts';
import { Scheduled } from './scheduled.ts';
import { SchedulesModule } from './schedules.module.ts';

const MINUTE_MS = 60_000;
let clock: FakeClock;
let vault: Vault;
let captured: CapturedLog;
let started: TestingModule[];
let runs: string[];
let work: (signal: AbortSignal) => unknown;

@Injectable()
class Reports {
  sent = 'a report';

  @Scheduled({ name: 'report', everyMs: MINUTE_MS })
  async send(signal: AbortSignal): Promise<void> {
    runs.push(`${this.sent} at ${clock.now()}`);
    await work(signal);
  }
}

beforeEach(() => {
  clock = new FakeClock();
  vault = new MemoryVault(clock);
  [captured, started, runs, work] = [captureLog(), [], [], () => undefined];
});
afterEach(async () => {
  await Promise.all(started.map((module) => module.close()));
  expect(clock.pending).toBe(0);
});

const start = async (...providers: (new () => object)[]): Promise<TestingModule> => {
  const module = await Test.createTestingModule({ imports: [PlatformModule, SchedulesModule], providers })
    .overrideProvider(Clock)
    .useValue(clock)
    .overrideProvider(Vault)
    .useValue(vault)
    .overrideProvider(Log)
    .useValue(captured.log)
    .compile();
  await module.init();
  started.push(module);
  return module;
};

const levels = (): string[] => captured.lines.map((line) => (JSON.parse(line) as { level: string }).level);

describe('what is scheduled', () => {
  it('runs at each moment, on its own instance, in the background with a deadline', async () => {
    const contexts: unknown[] = [];
    work = () => contexts.push(currentContext());
    await start(Reports);
    await clock.advance(2 * MINUTE_MS);
    expect(runs).toEqual(['a report at 60000', 'a report at 120000']);
    expect(contexts[0]).toMatchObject({ isBackground: true, deadlineAt: MINUTE_MS + 3_600_000 });
  });

  it('runs once, however many processes have it', async () => {
    await Promise.all([1, 2, 3, 4].map(() => start(Reports)));
    await clock.advance(5 * MINUTE_MS);
    expect(runs).toHaveLength(5);
  });

  it('is not run again by a process whose clock is slower', async () => {
    await start(Reports);
    const fast = clock;
    clock = new (class extends FakeClock {
      override now = (): number => fast.now();
      override wallTime = (): number => fast.wallTime() - 5_000;
      override schedule = fast.schedule.bind(fast);
    })();
    await start(Reports);
    clock = fast;
    await clock.advance(5 * MINUTE_MS + 10_000);
    // Midnight is over for the faster one when it starts.
    expect(runs.map((run) => run.slice('a report at '.length))).toEqual([
      '5000',
      '60000',
      '120000',
      '180000',
      '240000',
      '300000',
    ]);
  });

  it('is left out at a moment when it is still under way, in whatever process', async () => {
    work = () => new Promise((resolve) => void clock.schedule(() => resolve(undefined), 2.5 * MINUTE_MS));
    await Promise.all([start(Reports), start(Reports)]);
    await clock.advance(3 * MINUTE_MS + 45_000);
    expect(runs).toEqual(['a report at 60000']);
    expect(levels()).toEqual(['warn', 'warn', 'debug']);
    await clock.advance(MINUTE_MS);
    expect(runs).toEqual(['a report at 60000', 'a report at 240000']);
    work = () => undefined;
    await clock.advance(3 * MINUTE_MS);
  });

  it('is logged when it fails, and runs on', async () => {
    work = () => {
      throw new Error('no paper');
    };
    await start(Reports);
    await clock.advance(2 * MINUTE_MS);
    expect(runs).toHaveLength(2);
    expect(levels()).toEqual(['error', 'error']);
    expect(captured.lines[0]).toContain('no paper');
  });

  it('is told when the process stops, and waited for', async () => {
    let tidied = false;
    work = (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          void settled().then(() => {
            tidied = true;
            reject(signal.reason as Error);
          });
        });
      });
    const module = await start(Reports);
    await clock.advance(MINUTE_MS);
    await module.close();
    expect([tidied, levels()]).toEqual([true, ['info']]);
    await clock.advance(10 * MINUTE_MS);
    expect(runs).toHaveLength(1);
  });
});
