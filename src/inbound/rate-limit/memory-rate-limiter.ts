import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
import { RateLimiter, type Tally } from './rate-limiter.ts';

/** A few MB. Who asks from more addresses than these within a window is not stopped by counting addresses anyway. */
const MAX_KEYS = 50_000;

interface Window {
  used: number;
  readonly endsAt: number;
}

/**
 * Counts in this process. An own one: the library's keeps a timer for each key and as many keys as there are addresses,
 * so that a flood of them is memory until the window ends. Here those that were quiet longest are forgotten first.
 */
export class MemoryRateLimiter extends RateLimiter {
  readonly #windows: LRUCache<string, Window>;

  constructor(
    private readonly seconds: number,
    private readonly clock: Clock,
    maxKeys = MAX_KEYS,
  ) {
    super();
    this.#windows = new LRUCache({ max: maxKeys });
  }

  count(key: string): Promise<Tally> {
    const now = this.clock.now();
    let window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      window = { used: 0, endsAt: now + this.seconds * 1_000 };
      this.#windows.set(key, window);
    }
    window.used += 1;
    return Promise.resolve({ used: window.used, resetMs: window.endsAt - now });
  }
}
