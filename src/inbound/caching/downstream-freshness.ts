import type { SourceFreshness } from '../../platform/context/answer-freshness.ts';

/** What caches behind us are told of an answer. */
export interface DownstreamFreshness {
  readonly cacheControl: string;
  readonly ageSeconds: number;
}

/** Seconds from now on, rounded down; `fresh` is below 0 for what is stale already. */
interface Span {
  readonly fresh: number;
  /** After `fresh`, as RFC 5861 counts. */
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
}

/** What caches take for eternity (RFC 9111 §1.2.2). */
const FOREVER_MS = 2 ** 31 * 1_000;

/**
 * What `sources`, at least one, allow together; undefined when the answer may not be kept at all.
 * A cache that reckons with it has the answer fresh for as long as all of them are, and stale for as long as each of
 * them may still be used: those that are fresh for longer need no permission for that.
 */
export const toDownstreamFreshness = (sources: readonly SourceFreshness[]): DownstreamFreshness | undefined => {
  let ageMs = 0;
  let isPrivate = false;
  let isForValidation = false;
  for (const source of sources) {
    if (!source.storable) return undefined;
    ageMs = Math.max(ageMs, source.ageMs);
    isPrivate ||= source.isPrivate;
    isForValidation ||= isNeverFresh(source);
  }
  const ageSeconds = Math.ceil(ageMs / 1_000);
  const audience = isPrivate ? 'private' : 'public';
  if (isForValidation) return { cacheControl: `${audience}, no-cache`, ageSeconds };
  const browser = toSpan(sources, browserLifetime);
  const shared = isPrivate ? browser : toSpan(sources, sharedLifetime);
  return { cacheControl: `${audience}, ${toDirectives(browser, shared, ageSeconds)}`, ageSeconds };
};

/** Not for anybody, and not stale either. */
const isNeverFresh = (source: SourceFreshness): boolean =>
  source.lifetimeMs <= 0 &&
  source.browserLifetimeMs <= 0 &&
  source.staleWhileRevalidateMs <= 0 &&
  source.staleIfErrorMs <= 0;

type Lifetime = (source: SourceFreshness) => number;
const sharedLifetime: Lifetime = ({ lifetimeMs }) => lifetimeMs;
const browserLifetime: Lifetime = ({ browserLifetimeMs }) => browserLifetimeMs;

const toSpan = (sources: readonly SourceFreshness[], lifetimeOf: Lifetime): Span => {
  let fresh = FOREVER_MS;
  let whileRevalidate = FOREVER_MS;
  let ifError = FOREVER_MS;
  for (const source of sources) {
    const left = lifetimeOf(source) - source.ageMs;
    fresh = Math.min(fresh, left);
    whileRevalidate = Math.min(whileRevalidate, left + source.staleWhileRevalidateMs);
    ifError = Math.min(ifError, left + source.staleIfErrorMs);
  }
  const freshSeconds = toSeconds(fresh);
  return {
    fresh: freshSeconds,
    staleWhileRevalidate: toSeconds(whileRevalidate) - freshSeconds,
    staleIfError: toSeconds(ifError) - freshSeconds,
  };
};

const toSeconds = (ms: number): number => Math.floor(ms / 1_000);

/** A cache takes the age off again (RFC 9111 §4.2), so it is put on top. One permission to serve stale is for both. */
const toDirectives = (browser: Span, shared: Span, ageSeconds: number): string => {
  const whileRevalidate = Math.min(browser.staleWhileRevalidate, shared.staleWhileRevalidate);
  const ifError = Math.min(browser.staleIfError, shared.staleIfError);
  let directives = `max-age=${browser.fresh + ageSeconds}`;
  if (shared.fresh !== browser.fresh) directives += `, s-maxage=${shared.fresh + ageSeconds}`;
  if (whileRevalidate > 0) directives += `, stale-while-revalidate=${whileRevalidate}`;
  if (ifError > 0) directives += `, stale-if-error=${ifError}`;
  return directives;
};
