/** How one operation's answers are kept, where that differs from its provider. */
export interface CacheOverrides {
  /** Fresh for so long when the upstream says nothing about it; it never outweighs what the upstream says. */
  readonly ttlMs?: number;
  /** Served stale for so long while it is fetched anew, unless the upstream names a time or forbids it. */
  readonly staleWhileRevalidateMs?: number;
  /** Served stale for so long when it cannot be fetched anew, unless the upstream names a time or forbids it. */
  readonly staleIfErrorMs?: number;
  /** Fresh for this share of the time since it was last modified, when nothing else is known (RFC 9111 §4.2.2). */
  readonly heuristicRatio?: number;
  /** Fetched anew shortly before it goes stale when it is much asked for, so that nobody waits for that. */
  readonly refreshAhead?: 'on' | 'off';
}

/** `CacheOverrides` with every option resolved. */
export interface CachePolicy extends Required<CacheOverrides> {
  /**
   * The operation itself says how stale its answers may be. That outweighs what `s-maxage` only implies, so that an
   * upstream that knows no `stale-if-error` can be bridged; a provider's general setting does not.
   */
  readonly bridgesSharedMaxAge: boolean;
}

/** What an operation's policy has from its provider. */
export interface CacheDefaults {
  readonly cache: 'shared' | 'off';
  readonly cacheTtlMs: number;
  readonly staleWhileRevalidateMs: number;
  readonly staleIfErrorMs: number;
  readonly heuristicRatio: number;
  readonly refreshAhead: 'on' | 'off';
}

/** A provider whose cache is off keeps nothing: that is the switch of whoever runs it. */
export const toCachePolicy = (
  declared: CacheOverrides | 'off' | undefined,
  defaults: CacheDefaults,
): CachePolicy | 'off' => {
  if (declared === 'off' || defaults.cache === 'off') return 'off';
  const { cacheTtlMs: ttlMs, staleWhileRevalidateMs, staleIfErrorMs, heuristicRatio, refreshAhead } = defaults;
  const bridgesSharedMaxAge = declared !== undefined;
  return {
    ttlMs,
    staleWhileRevalidateMs,
    staleIfErrorMs,
    heuristicRatio,
    refreshAhead,
    ...declared,
    bridgesSharedMaxAge,
  };
};
