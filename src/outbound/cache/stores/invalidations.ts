/** A moment in the order of invalidations. */
export type Moment = number;

/** Tags whose last invalidation is remembered. Older ones count as invalidated with the last one forgotten. */
const MAX_TAGS = 4_096;

/** Which tags were invalidated, and in which order: so that what was asked for before is not kept after. */
export class Invalidations {
  readonly #lastOf = new Map<string, Moment>();
  #now: Moment = 0;
  #forgottenAt: Moment = 0;

  /** The moment after all that was noted so far. */
  get now(): Moment {
    return this.#now;
  }

  note(tags: Iterable<string>): void {
    this.#now += 1;
    for (const tag of tags) {
      // Anew, so that the map stays in the order of time.
      this.#lastOf.delete(tag);
      this.#lastOf.set(tag, this.#now);
      if (this.#lastOf.size > MAX_TAGS) this.forgetOldest();
    }
  }

  /** As if every tag there is were noted. */
  noteAll(): void {
    this.#now += 1;
    this.#forgottenAt = this.#now;
    this.#lastOf.clear();
  }

  /** Whether one of `tags` was, or may have been, invalidated after `moment`. */
  hit(tags: readonly string[], moment: Moment): boolean {
    return moment < this.#forgottenAt || tags.some((tag) => (this.#lastOf.get(tag) ?? 0) > moment);
  }

  private forgetOldest(): void {
    for (const [tag, moment] of this.#lastOf) {
      this.#lastOf.delete(tag);
      this.#forgottenAt = moment;
      return;
    }
  }
}
