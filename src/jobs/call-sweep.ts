import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Cancel } from '../platform/clock.ts';
import { Log } from '../platform/logging/log.ts';
import type { RecordPosition } from '../platform/records/records.ts';
import { UNFINISHED } from './call-lists.ts';
import { CallQueue } from './call-queue.ts';
import type { CallRecord } from './call-record.ts';
import { CallRecords } from './call-records.ts';

const EVERY_MS = 60_000;
const PAGE = 100;

/** Of one round; the next goes on from there. */
const MAX_PAGES = 100;

/**
 * Puts back into the queue what is unfinished and not in it: calls whose record was kept when the queue did not answer, and all of
 * them when the queue was lost. Several processes may do it at once, as what is in the queue is not added again.
 */
@Injectable()
export class CallSweep implements OnModuleDestroy {
  #after: RecordPosition | undefined;
  #cancel: Cancel | undefined;
  #isStopped = false;

  constructor(
    private readonly records: CallRecords,
    private readonly queue: CallQueue,
    private readonly log: Log,
  ) {}

  /** At once, and then a minute after each round. */
  start(): void {
    void this.sweep().finally(() => this.next());
  }

  onModuleDestroy(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  /** One round; resolves to how many were put back. Never throws. */
  async sweep(): Promise<number> {
    let added = 0;
    try {
      for (let pages = 0; pages < MAX_PAGES && !this.#isStopped; pages += 1) {
        const { items, next } = await this.records.list(UNFINISHED, { limit: PAGE, after: this.#after });
        for (const { value } of items) added += (await this.putBack(value)) ? 1 : 0;
        this.#after = next ?? undefined;
        if (next === null) break;
      }
    } catch (error) {
      this.log.warn(
        { error },
        'Background calls could not be compared with their queue; the next round is in a minute',
      );
    }
    if (added > 0) this.log.info({ putBack: added }, 'Background calls that were not in the queue were put back');
    return added;
  }

  private async putBack({ id, nextAttemptAt }: CallRecord): Promise<boolean> {
    if (await this.queue.has(id)) return false;
    await this.queue.add(id, Math.max(0, (nextAttemptAt ?? 0) - this.records.clock.wallTime()));
    return true;
  }

  private next(): void {
    if (this.#isStopped) return;
    this.#cancel = this.records.clock.schedule(() => this.start(), EVERY_MS);
  }
}
