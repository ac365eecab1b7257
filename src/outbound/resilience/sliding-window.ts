import type { Clock } from '../../platform/clock.ts';

export interface Tally {
  attempts: number;
  failures: number;
  slow: number;
}

const BUCKETS = 10;

interface Bucket extends Tally {
  /** Number of the time slice it counts; an older one is empty. */
  slice: number;
}

/** Counts over the last `windowMs`, in ten slices: old ones fall out a tenth at a time. */
export class SlidingWindow {
  readonly #buckets: Bucket[] = Array.from({ length: BUCKETS }, () => ({
    slice: -1,
    attempts: 0,
    failures: 0,
    slow: 0,
  }));
  readonly #sliceMs: number;

  constructor(
    windowMs: number,
    private readonly clock: Clock,
  ) {
    this.#sliceMs = windowMs / BUCKETS;
  }

  add(isFailure: boolean, isSlow: boolean): void {
    const bucket = this.current();
    bucket.attempts += 1;
    if (isFailure) bucket.failures += 1;
    if (isSlow) bucket.slow += 1;
  }

  total(): Tally {
    const oldest = this.slice() - BUCKETS;
    const total: Tally = { attempts: 0, failures: 0, slow: 0 };
    for (const { slice, attempts, failures, slow } of this.#buckets) {
      if (slice <= oldest) continue;
      total.attempts += attempts;
      total.failures += failures;
      total.slow += slow;
    }
    return total;
  }

  clear(): void {
    for (const bucket of this.#buckets) Object.assign(bucket, { attempts: 0, failures: 0, slow: 0 });
  }

  private current(): Bucket {
    const slice = this.slice();
    const bucket = this.#buckets[slice % BUCKETS]!;
    if (bucket.slice !== slice) Object.assign(bucket, { slice, attempts: 0, failures: 0, slow: 0 });
    return bucket;
  }

  private slice(): number {
    return Math.floor(this.clock.now() / this.#sliceMs);
  }
}
