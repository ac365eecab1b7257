import { CallQueue } from '../../src/jobs/call-queue.ts';
import { Records, RecordsUnavailable } from '../../src/platform/records/records.ts';

/** What goes wrong at a step: it is not done, or it is done and nobody hears of it. */
export type Moment = 'before' | 'after';

/**
 * Counts the steps that a process makes outside of itself, and lets one of them go wrong. `dies`: the process does nothing any more
 * from there on. `throws`: only this one step fails, as a store that does not answer.
 */
export class Fate {
  steps = 0;
  isDead = false;

  constructor(
    private readonly fatalStep: number,
    private readonly moment: Moment,
    private readonly kind: 'dies' | 'throws',
  ) {}

  async step<T>(work: () => Promise<T>): Promise<T> {
    if (this.isDead) return forever();
    this.steps += 1;
    if (this.steps !== this.fatalStep) {
      const done = await work();
      return this.hasDiedMeanwhile() ? forever() : done;
    }
    if (this.moment === 'after') await work();
    if (this.kind === 'throws') throw new RecordsUnavailable();
    this.isDead = true;
    return forever();
  }

  private hasDiedMeanwhile(): boolean {
    return this.isDead;
  }
}

const forever = (): Promise<never> => new Promise(() => undefined);

/** The store or the queue, as a process with that fate reaches it. */
const reachedBy = <T extends object>(fate: Fate, target: T, remote: readonly string[]): T =>
  new Proxy(target, {
    get: (_target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      const bound = value.bind(target) as (...values: unknown[]) => Promise<unknown>;
      return remote.includes(String(key)) ? (...values: unknown[]) => fate.step(() => bound(...values)) : bound;
    },
  });

export const recordsReachedBy = (fate: Fate, records: Records): Records =>
  reachedBy(fate, records, ['insert', 'get', 'replace', 'delete', 'list', 'count']);

export const queueReachedBy = <Q extends CallQueue>(fate: Fate, queue: Q): Q =>
  reachedBy(fate, queue, ['add', 'remove', 'has', 'announceCancel']);
