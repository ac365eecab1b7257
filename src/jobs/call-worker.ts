import { Injectable } from '@nestjs/common';
import { CallQueue } from './call-queue.ts';
import { CallRunner } from './call-runner.ts';
import { CallSweep } from './call-sweep.ts';

/** Makes of this process a worker: attempts calls, hears of cancellations, sees to it that none is forgotten. */
@Injectable()
export class CallWorker {
  constructor(
    private readonly queue: CallQueue,
    private readonly runner: CallRunner,
    private readonly sweep: CallSweep,
  ) {}

  /** Resolves when calls are taken. Opens the store behind the queue. */
  async start(): Promise<void> {
    this.queue.onCancel((callId) => this.runner.cancel(callId));
    await this.queue.work((callId, stopping) => this.runner.attempt(callId, stopping));
    this.sweep.start();
  }
}
