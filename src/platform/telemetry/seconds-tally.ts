/**
 * Each bucket's upper bound, which belongs to it: as OpenTelemetry's semantic conventions advise for HTTP, and one more, as calls
 * may take 30 s.
 */
export const BOUNDS_S: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30,
];

/** What durations of one series came to, for one of those who read it. */
export class SecondsTally {
  count = 0;
  sum = 0;
  min = Infinity;
  max = 0;
  /** By bucket; the last is of those above all bounds. */
  readonly counts: number[] = [0, ...BOUNDS_S.map(() => 0)];

  /** @param since ms since 1970 */
  constructor(readonly since: number) {}

  /** @param bucket from `toBucket` */
  add(seconds: number, bucket: number): void {
    this.count += 1;
    this.sum += seconds;
    if (seconds < this.min) this.min = seconds;
    if (seconds > this.max) this.max = seconds;
    this.counts[bucket]! += 1;
  }
}

/** Looked for from below: most durations are short. */
export const toBucket = (seconds: number): number => {
  let bucket = 0;
  while (bucket < BOUNDS_S.length && seconds > BOUNDS_S[bucket]!) bucket += 1;
  return bucket;
};
