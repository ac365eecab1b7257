import type { OnApplicationShutdown, OnModuleDestroy } from '@nestjs/common';
import { RecordsUnavailable } from '../../platform/records/records.ts';
import { CallQueue, type CallHandler } from '../call-queue.ts';
import type { OpenQueue, QueueHome } from './queue-home.ts';
import { JOB_OPTIONS } from './queue-options.ts';
import { beginShift, type Shift, type ShiftParts } from './shift.ts';

const JOB_NAME = 'call';
const UNKNOWN = 'unknown';

/** BullMQ, loaded and opened when it is first used. */
export class BullQueue extends CallQueue implements OnModuleDestroy, OnApplicationShutdown {
  #queue: Promise<OpenQueue> | undefined;
  #handler: CallHandler | undefined;
  #shift: Promise<Shift> | undefined;
  #ending: Promise<void> | undefined;
  #isClosed = false;
  readonly #begun = Promise.withResolvers<void>();
  readonly #listeners: ((callId: string) => void)[] = [];

  constructor(
    private readonly home: QueueHome,
    private readonly parts: ShiftParts,
  ) {
    super();
  }

  async add(callId: string, delayMs: number): Promise<void> {
    const delay = Math.max(0, Math.round(delayMs));
    await this.ask((queue) => queue.add(JOB_NAME, {}, { ...JOB_OPTIONS, jobId: callId, delay }));
    this.begin().catch((error: unknown) =>
      this.parts.log.error({ error }, 'The worker of background calls could not be started: the next call tries again'),
    );
  }

  remove(callId: string): Promise<boolean> {
    // In Redis it says of an id that it does not know that it has removed it.
    return this.ask(async (queue) => (await isKnown(queue, callId)) && (await queue.remove(callId)) === 1);
  }

  has(callId: string): Promise<boolean> {
    return this.ask((queue) => isKnown(queue, callId));
  }

  async work(handler: CallHandler): Promise<void> {
    if (this.#handler) throw new Error('This process is a worker already');
    this.#handler = handler;
    await this.home.onCancel((callId) => this.#listeners.forEach((listener) => listener(callId)));
    if (this.home.exists) await this.begin();
    await this.#begun.promise;
  }

  announceCancel(callId: string): Promise<void> {
    return this.home.announceCancel(callId);
  }

  onCancel(listener: (callId: string) => void): void {
    this.#listeners.push(listener);
  }

  /** Nobody else waits for what runs: it goes on while others stop, too. */
  onModuleDestroy(): void {
    void this.end();
  }

  /** Before what it needs is closed. */
  async onApplicationShutdown(): Promise<void> {
    await this.end();
    this.#isClosed = true;
    await this.#queue?.then((queue) => queue.close()).catch(() => undefined);
  }

  private async ask<T>(question: (queue: OpenQueue) => Promise<T>): Promise<T> {
    // BullMQ would never answer.
    if (this.#isClosed) throw new RecordsUnavailable();
    const queue = await this.queue();
    return this.home.ask(() => question(queue));
  }

  private async queue(): Promise<OpenQueue> {
    try {
      return await (this.#queue ??= this.openQueue());
    } catch (error) {
      this.#queue = undefined;
      throw error;
    }
  }

  private async openQueue(): Promise<OpenQueue> {
    const queue = await this.home.openQueue();
    queue.on('error', (error) => this.parts.log.debug({ error }, 'The queue of background calls met an error'));
    return queue;
  }

  /** Does nothing in a process that is no worker, or is one already. */
  private async begin(): Promise<void> {
    if (!this.#handler || this.#ending) return;
    try {
      await (this.#shift ??= beginShift(this.home, this.#handler, this.parts));
      this.#begun.resolve();
    } catch (error) {
      this.#shift = undefined;
      throw error;
    }
  }

  private end(): Promise<void> {
    return (this.#ending ??= this.endShift());
  }

  private async endShift(): Promise<void> {
    const shift = await this.#shift?.catch(() => undefined);
    await shift?.end();
  }
}

const isKnown = async (queue: OpenQueue, callId: string): Promise<boolean> =>
  (await queue.getJobState(callId)) !== UNKNOWN;
