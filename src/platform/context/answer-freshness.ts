/** How long one upstream's answer may be kept, as it was when it became part of ours. Times in ms. */
export interface SourceFreshness {
  /** Its member of Cache-Status (RFC 9211), such as `pokeapi; hit; ttl=60`. */
  readonly cacheStatus: string;
  /** False when it may not be kept at all, or is missing because it failed. */
  readonly storable: boolean;
  /** True when the caller's own credential was involved. */
  readonly isPrivate: boolean;
  readonly ageMs: number;
  /** Age up to which it is fresh; may be less than `ageMs`. */
  readonly lifetimeMs: number;
  /** The same for caches of single users, such as browsers. */
  readonly browserLifetimeMs: number;
  readonly staleWhileRevalidateMs: number;
  readonly staleIfErrorMs: number;
}

/** What the upstreams behind one answer of ours allow, gathered while it is made. */
export class AnswerFreshness {
  readonly sources: SourceFreshness[] = [];

  add(source: SourceFreshness): void {
    this.sources.push(source);
  }
}
