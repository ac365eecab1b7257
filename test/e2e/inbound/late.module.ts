import { Controller, Get, Module } from '@nestjs/common';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { currentContext } from '../../../src/platform/context/request-context.ts';
import { sleep } from '../../../src/platform/sleep.ts';

@Public()
@Controller({ path: 'late', version: '1' })
class LateController {
  constructor(private readonly clock: Clock) {}

  @Get('never')
  never(): Promise<never> {
    return new Promise(() => undefined);
  }

  @Get('success')
  success(): Promise<string> {
    return new Promise((resolve) => this.clock.schedule(() => resolve('too late'), 400));
  }

  @Get('failure')
  failure(): Promise<never> {
    return new Promise((_resolve, reject) => this.clock.schedule(() => reject(new Error('too late')), 400));
  }

  @Get('obedient')
  async obedient(): Promise<void> {
    await sleep(this.clock, 60_000, currentContext()!.signal);
  }
}

/** Handlers that end too late, each in its own way. */
@Module({ controllers: [LateController] })
export class LateModule {}
