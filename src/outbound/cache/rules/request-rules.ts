import type { HeaderMap } from '../../http/header-map.ts';
import { parseDirectives } from './directives.ts';

/** What a caller asks of the cache (RFC 9111 §5.2.1); times in ms. */
export interface RequestRules {
  /** Nothing is served without asking the upstream. */
  readonly noCache: boolean;
  /** The upstream is not asked. */
  readonly onlyIfCached: boolean;
  /** Served up to this age. */
  readonly maxAgeMs: number;
  /** Served when it stays fresh for at least so long. */
  readonly minFreshMs: number;
  /** Served when it has been stale for no longer. */
  readonly maxStaleMs: number;
}

const NO_RULES: RequestRules = {
  noCache: false,
  onlyIfCached: false,
  maxAgeMs: Infinity,
  minFreshMs: 0,
  maxStaleMs: 0,
};

export const toRequestRules = (headers: HeaderMap): RequestRules => {
  if (headers['cache-control'] === undefined) return headers['pragma'] === undefined ? NO_RULES : ofPragma(headers);
  const directives = parseDirectives(headers['cache-control']);
  const maxStaleMs = directives.ms('max-stale') ?? 0;
  return {
    noCache: directives.has('no-cache'),
    onlyIfCached: directives.has('only-if-cached'),
    maxAgeMs: directives.ms('max-age') ?? Infinity,
    minFreshMs: directives.ms('min-fresh') ?? 0,
    // Without a number: however stale it is.
    maxStaleMs: directives.isBare('max-stale') ? Infinity : maxStaleMs,
  };
};

/** From before `Cache-Control`; deprecated, and harmless to honour (RFC 9111 §5.4). */
const ofPragma = ({ pragma }: HeaderMap): RequestRules => ({
  ...NO_RULES,
  noCache: [pragma].flat().join().toLowerCase().includes('no-cache'),
});
