import type { Clock } from '../../platform/clock.ts';
import { toRetryAfterMs } from '../errors/retry-after.ts';
import type { Reply } from '../http/call.ts';
import type { Quota } from '../telemetry/notices.ts';

/** What an upstream has left us has to last for calls that somebody waits for: less than this share is little. */
const LITTLE_LEFT = 0.1;

/** For how long that holds where the upstream does not say, in ms. */
const DEFAULT_MS = 1_000;

/** A `Retry-After` holds no longer than this, in ms: it may be one call's, or a mistake. */
const MAX_RETRY_AFTER_MS = 60_000;

/** Remembers that an upstream asked for fewer calls: by 429, by `Retry-After`, or because little of its quota is left. */
export class HoldOff {
  #until = -Infinity;
  #isQuotaLowUntil = -Infinity;

  constructor(private readonly clock: Clock) {}

  get isActive(): boolean {
    return this.clock.now() < Math.max(this.#until, this.#isQuotaLowUntil);
  }

  /** @param quota what the answer said of it */
  note({ status, headers }: Reply, quota: Quota | undefined): void {
    const now = this.clock.now();
    if (status === 429 || status === 503) {
      const askedMs = toRetryAfterMs(headers['retry-after'], this.clock.wallTime());
      const forMs = Math.min(askedMs || DEFAULT_MS, MAX_RETRY_AFTER_MS);
      if (askedMs !== undefined || status === 429) this.#until = Math.max(this.#until, now + forMs);
    }
    if (quota) this.#isQuotaLowUntil = isLow(quota) ? now + (quota.resetMs ?? DEFAULT_MS) : -Infinity;
  }
}

const isLow = ({ remaining, limit = 0 }: Quota): boolean => remaining === 0 || remaining < LITTLE_LEFT * limit;
