import { parseHttpDate } from '../../http/http-date.ts';
import type { HeaderMap } from '../../http/header-map.ts';
import { toDateMs } from './age.ts';
import type { Freshness } from '../cache-entry.ts';
import type { CachePolicy } from '../cache-policy.ts';
import { parseDirectives, type Directives } from './directives.ts';
import { isHeuristicallyCacheable } from './status-rules.ts';
import type { ResponseDirectives } from './targeted-directives.ts';

/** A response as far as its freshness depends on it. */
export interface Dated {
  readonly status: number;
  readonly headers: HeaderMap;
  /** When it came, in ms since 1970. */
  readonly wallTime: number;
}

/** How long a response is fresh, and how long it may be served beyond that (RFC 9111 §4.2, RFC 5861). */
export const toFreshness = (dated: Dated, said: ResponseDirectives, policy: CachePolicy): Freshness => {
  const { directives } = said;
  const validatesAlways = directives.isUnqualified('no-cache');
  const explicitMs = toExplicitMs(dated, said);
  const lifetimeMs = validatesAlways ? 0 : (explicitMs ?? toImpliedMs(dated, policy));
  const browserLifetimeMs = validatesAlways ? 0 : (toBrowserMs(dated) ?? toImpliedMs(dated, policy));
  return { lifetimeMs, browserLifetimeMs, ...toStaleness(directives, policy) };
};

/** What the upstream says; the more specific outweighs the more general (RFC 9111 §4.2.1). */
const toExplicitMs = (dated: Dated, { directives, isTargeted }: ResponseDirectives): number | undefined =>
  directives.ms('s-maxage') ?? directives.ms('max-age') ?? (isTargeted ? undefined : toExpiresMs(dated));

/** A date that cannot be read is one of the past (RFC 9111 §5.3). */
const toExpiresMs = ({ headers, wallTime }: Dated): number | undefined => {
  const { expires } = headers;
  if (expires === undefined) return undefined;
  const at = typeof expires === 'string' ? parseHttpDate(expires) : Number.NaN;
  return Number.isNaN(at) ? 0 : Math.max(0, at - toDateMs(headers, wallTime));
};

/** By the fields for everybody, `s-maxage` aside, whatever a targeted one says to us (RFC 9213 §2.2). */
const toBrowserMs = (dated: Dated): number | undefined => {
  const directives = parseDirectives(dated.headers['cache-control']);
  if (directives.has('no-store') || directives.isUnqualified('no-cache')) return 0;
  return directives.ms('max-age') ?? toExpiresMs(dated);
};

/** The upstream says nothing: what its provider declares, then a guess where the provider asks for one. */
const toImpliedMs = ({ status, headers, wallTime }: Dated, { ttlMs, heuristicRatio }: CachePolicy): number => {
  if (!isHeuristicallyCacheable(status)) return 0;
  if (ttlMs > 0) return ttlMs;
  const modified = parseHttpDate(String(headers['last-modified']));
  const sinceMs = toDateMs(headers, wallTime) - modified;
  return sinceMs > 0 ? Math.floor(sinceMs * heuristicRatio) : 0;
};

/** `s-maxage` forbids as `proxy-revalidate` does (RFC 9111 §5.2.2.10), but for the times named beside it. */
const toStaleness = (
  directives: Directives,
  policy: CachePolicy,
): Pick<Freshness, 'staleWhileRevalidateMs' | 'staleIfErrorMs' | 'mayServeStale'> => {
  const isForbidden =
    directives.isUnqualified('no-cache') || directives.has('must-revalidate') || directives.has('proxy-revalidate');
  const isShared = directives.has('s-maxage');
  const toMs = (directive: string, declaredMs: number): number =>
    isForbidden ? 0 : (directives.ms(directive) ?? (isShared && !policy.bridgesSharedMaxAge ? 0 : declaredMs));
  return {
    staleWhileRevalidateMs: toMs('stale-while-revalidate', policy.staleWhileRevalidateMs),
    staleIfErrorMs: toMs('stale-if-error', policy.staleIfErrorMs),
    mayServeStale: !isForbidden && !isShared,
  };
};
