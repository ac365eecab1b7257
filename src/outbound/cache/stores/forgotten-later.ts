import type { Cancel, Clock } from '../../../platform/clock.ts';
import type { RedisGuard } from '../../../platform/redis/redis-guard.ts';
import type { Forgotten } from './forgotten.ts';
import { EVERYTHING } from './redis-names.ts';

/** Tags and keys that are remembered while Redis cannot be told; beyond that everything is forgotten. */
const MAX_REMEMBERED = 1_000;
const RETRY_AFTER_MS = 100;

const NOTHING: Forgotten = { tags: [], keys: [] };
const isNothing = ({ tags, keys }: Forgotten): boolean => tags.length + keys.length === 0;

/** Sees to it that what is to be forgotten is forgotten, even when Redis can only be told later. */
export class ForgottenLater {
  #waiting = NOTHING;
  #underWay = NOTHING;
  #cancelRetry: Cancel | undefined;
  #isStopped = false;

  constructor(
    private readonly tell: (forgotten: Forgotten) => Promise<boolean>,
    private readonly guard: Pick<RedisGuard, 'pauseLeftMs'>,
    private readonly clock: Clock,
  ) {}

  /** Whether Redis still holds what should be forgotten: then it must not be read. */
  get isPending(): boolean {
    return !isNothing(this.#waiting) || !isNothing(this.#underWay);
  }

  async forget(forgotten: Forgotten): Promise<void> {
    if (await this.tell(forgotten)) return;
    this.remember(forgotten);
    this.retryLater();
  }

  /** Tells Redis what it has not been told; to be called as soon as it is connected. */
  async carryOut(): Promise<void> {
    if (isNothing(this.#waiting) || !isNothing(this.#underWay)) return;
    this.#underWay = this.#waiting;
    this.#waiting = NOTHING;
    const isTold = await this.tell(this.#underWay);
    if (!isTold) this.remember(this.#underWay);
    this.#underWay = NOTHING;
    if (this.isPending) this.retryLater();
  }

  /** What Redis was not told by now it will not be. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelRetry?.();
  }

  private remember({ tags, keys }: Forgotten): void {
    const allTags = new Set([...this.#waiting.tags, ...tags]);
    const allKeys = new Set([...this.#waiting.keys, ...keys]);
    const isTooMuch = allTags.has(EVERYTHING) || allTags.size + allKeys.size > MAX_REMEMBERED;
    this.#waiting = isTooMuch ? { tags: [EVERYTHING], keys: [] } : { tags: [...allTags], keys: [...allKeys] };
  }

  private retryLater(): void {
    if (this.#cancelRetry || this.#isStopped) return;
    const retry = (): void => {
      this.#cancelRetry = undefined;
      void this.carryOut();
    };
    this.#cancelRetry = this.clock.schedule(retry, Math.max(RETRY_AFTER_MS, this.guard.pauseLeftMs));
  }
}
