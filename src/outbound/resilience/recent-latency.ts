/** So many buckets to each doubling: what is told is at most 9 % more than what was. */
const STEPS = 8;
/** From half a millisecond to more than an hour. */
const LEAST_EXPONENT = -1;
const BUCKETS = 23 * STEPS;

/** Answers that one generation counts. The present one and the one before it are what is recent. */
const GENERATION = 1_024;

/** Fewer tell too little. */
const ENOUGH = 50;

/** After so many answers it is found out anew. */
const STALE_AFTER = 64;

/** How long an operation's last one or two thousand answers took: counted in buckets, 800 bytes in all. */
export class RecentLatency {
  #present: Uint16Array | undefined;
  #before: Uint16Array | undefined;
  #count = 0;
  #untilFound = ENOUGH;
  #medianMs: number | undefined;
  #p98Ms: number | undefined;

  /** Half of the answers took no longer, in ms; undefined while there were too few. */
  get medianMs(): number | undefined {
    return this.#medianMs;
  }

  /** At most one in fifty took longer, in ms; undefined while there were too few. */
  get p98Ms(): number | undefined {
    return this.#p98Ms;
  }

  add(tookMs: number): void {
    if (this.#count === GENERATION) {
      this.#before = this.#present;
      this.#present = undefined;
      this.#count = 0;
    }
    const present = (this.#present ??= new Uint16Array(BUCKETS));
    const bucket = Math.floor((Math.log2(tookMs) - LEAST_EXPONENT) * STEPS);
    present[Math.min(BUCKETS - 1, Math.max(0, bucket))]! += 1;
    this.#count += 1;
    this.#untilFound -= 1;
    if (this.#untilFound === 0) this.find(present);
  }

  private find(present: Uint16Array): void {
    this.#untilFound = STALE_AFTER;
    const total = this.#count + (this.#before ? GENERATION : 0);
    let [seen, bucket] = [0, 0];
    const upTo = (share: number): number => {
      while (seen < share * total) {
        seen += present[bucket]! + (this.#before?.[bucket] ?? 0);
        bucket += 1;
      }
      return 2 ** (bucket / STEPS + LEAST_EXPONENT);
    };
    this.#medianMs = upTo(0.5);
    this.#p98Ms = upTo(0.98);
  }
}
