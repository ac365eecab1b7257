import { Fraction, OneOf, WholeNumber } from '../../platform/config/variables.ts';
import { MONTH_MS } from '../../platform/durations.ts';

/** How a provider's answers are kept. */
export class ProviderCacheOptions {
  /** Whether answers are kept as the upstream allows (RFC 9111), for all who call: `shared` or `off`. Default shared. */
  @OneOf(['shared', 'off'])
  cache: 'shared' | 'off' = 'shared';

  /** How long an answer is fresh when the upstream says nothing about it, in ms. Default 0: not at all. */
  @WholeNumber(0, MONTH_MS)
  cacheTtlMs = 0;

  /** How long a stale answer is served while it is fetched anew, unless the upstream says, in ms. Default 0. */
  @WholeNumber(0, MONTH_MS)
  staleWhileRevalidateMs = 0;

  /** How long a stale answer is served when none can be had, unless the upstream says, in ms. Default 0. */
  @WholeNumber(0, MONTH_MS)
  staleIfErrorMs = 0;

  /** Fresh for this share of the time since it was last modified, when nothing else is known. Default 0: no guessing. */
  @Fraction(0, 1)
  heuristicRatio = 0;

  /** Whether what is much asked for is fetched anew shortly before it goes stale, so that nobody waits: `on` or `off`. Default on. */
  @OneOf(['on', 'off'])
  refreshAhead: 'on' | 'off' = 'on';
}
