import type { Clock } from '../../platform/clock.ts';
import { RateLimiter, type Tally } from './rate-limiter.ts';
import type { RateWindows } from './rate-windows.ts';

/**
 * Counts in this process. An own one: the library's keeps a timer for each key and as many keys as there are addresses,
 * so that a flood of them is memory until the window ends. Here those that were quiet longest are forgotten first.
 */
export class MemoryRateLimiter extends RateLimiter {
  constructor(
    private readonly seconds: number,
    private readonly clock: Clock,
    private readonly windows: RateWindows,
    /** Tells the keys of this policy from those of others. */
    private readonly prefix = '',
  ) {
    super();
  }

  count(key: string): Promise<Tally> {
    const now = this.clock.now();
    const own = this.prefix + key;
    let window = this.windows.get(own);
    if (window === undefined || window.endsAt <= now) {
      window = { used: 0, endsAt: now + this.seconds * 1_000 };
      this.windows.set(own, window);
    }
    window.used += 1;
    return Promise.resolve({ used: window.used, resetMs: window.endsAt - now });
  }
}
