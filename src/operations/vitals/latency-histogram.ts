import type { Latency } from './vitals.ts';

/** Each is 9 % wider than the one before: from 1/8 ms to an hour and more, in 800 bytes. */
const PER_OCTAVE = 8;
const LEAST_MS = 1 / 8;
const BUCKETS = 25 * PER_OCTAVE;

/** How long things took, in counts by logarithmic buckets: what it tells is wrong by 9 % at most. */
export class LatencyHistogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(ms: number): void {
    this.#counts[toBucket(ms)]! += 1;
    this.#total += 1;
  }

  merge(other: LatencyHistogram): void {
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) this.#counts[bucket]! += other.#counts[bucket]!;
    this.#total += other.#total;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }

  /** In ms; `share` is from 0 to 1. Null when there is nothing to tell. */
  quantile(share: number): number | null {
    if (this.#total === 0) return null;
    let left = share * this.#total;
    let bucket = 0;
    while (bucket < BUCKETS - 1 && (this.#counts[bucket] === 0 || left > this.#counts[bucket]!)) {
      left -= this.#counts[bucket]!;
      bucket += 1;
    }
    const from = bucket === 0 ? 0 : toMs(bucket);
    return from + ((toMs(bucket + 1) - from) * Math.max(left, 0)) / Math.max(this.#counts[bucket]!, 1);
  }

  /** How many took that long or longer, as far as buckets tell: those of its own bucket count. */
  countFrom(ms: number): number {
    let count = 0;
    for (let bucket = toBucket(ms); bucket < BUCKETS; bucket += 1) count += this.#counts[bucket]!;
    return count;
  }

  toLatency(): Latency | null {
    if (this.#total === 0) return null;
    return { p50Ms: this.tenths(0.5), p95Ms: this.tenths(0.95), p99Ms: this.tenths(0.99) };
  }

  private tenths(share: number): number {
    return Math.round(this.quantile(share)! * 10) / 10;
  }
}

const toBucket = (ms: number): number =>
  ms <= LEAST_MS ? 0 : Math.min(BUCKETS - 1, Math.floor(Math.log2(ms / LEAST_MS) * PER_OCTAVE));

const toMs = (bucket: number): number => LEAST_MS * 2 ** (bucket / PER_OCTAVE);
