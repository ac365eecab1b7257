/** Which keys bear a tag. Holds nothing of keys that were removed. */
export class TagIndex {
  readonly #keysOf = new Map<string, Set<string>>();

  /** Tags borne by any key. */
  get size(): number {
    return this.#keysOf.size;
  }

  add(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.#keysOf.get(tag);
      if (keys) keys.add(key);
      else this.#keysOf.set(tag, new Set([key]));
    }
  }

  remove(key: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const keys = this.#keysOf.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(tag);
    }
  }

  /** Safe to remove keys while reading. */
  keysOf(tag: string): Iterable<string> {
    return this.#keysOf.get(tag) ?? [];
  }
}
