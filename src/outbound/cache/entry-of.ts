import type { Call, Reply } from '../http/call.ts';
import { toInitialAgeMs, type Arrival } from './rules/age.ts';
import { CacheEntry, type Freshness } from './cache-entry.ts';
import { toFreshness } from './rules/freshness.ts';
import { toOwnBody } from './own-body.ts';
import { isStorable } from './rules/storability.ts';
import { toStoredHeaders } from './rules/stored-headers.ts';
import { toTag, toUrlTag } from './tags.ts';
import { toResponseDirectives } from './rules/targeted-directives.ts';

/** What can be validated is worth keeping for so long after it went stale. */
const KEEP_VALIDATABLE_MS = 24 * 3_600_000;

/** What a caller may ask for by `max-stale` is kept for so long. */
const KEEP_STALE_MS = 60_000;

/** An answer that has come, and when on both clocks. */
export interface Arrived extends Arrival {
  readonly answer: Pick<Reply, 'status' | 'headers'>;
  /** On the clock's monotonic scale. */
  readonly receivedAt: number;
}

/** The entry to keep of an answer; undefined when it may not be kept, or is of no use to anybody else. */
export const toEntry = (call: Call, arrived: Arrived, body: Buffer): CacheEntry | undefined => {
  const { answer, receivedAt, wallTime } = arrived;
  const { cache: policy } = call.operation;
  const said = toResponseDirectives(answer.headers);
  if (policy === 'off' || !isStorable(call, answer, said)) return undefined;
  const freshness = toFreshness({ ...answer, wallTime }, said, policy);
  const headers = toStoredHeaders(answer.headers, said.directives);
  const initialAgeMs = toInitialAgeMs(answer.headers, arrived);
  const keepMs = freshness.lifetimeMs - initialAgeMs + toUsefulWhenStaleMs(freshness, headers);
  if (keepMs <= 0) return undefined;
  return new CacheEntry({
    status: answer.status,
    headers,
    body: toOwnBody(body),
    freshness,
    initialAgeMs,
    receivedAt,
    keepMs,
    tags: toTags(call),
  });
};

const toUsefulWhenStaleMs = (freshness: Freshness, headers: Reply['headers']): number => {
  const isValidatable = headers['etag'] !== undefined || headers['last-modified'] !== undefined;
  const { lifetimeMs, staleWhileRevalidateMs, staleIfErrorMs, mayServeStale } = freshness;
  const mayBeAskedForMs = mayServeStale && lifetimeMs > 0 ? KEEP_STALE_MS : 0;
  return Math.max(staleWhileRevalidateMs, staleIfErrorMs, isValidatable ? KEEP_VALIDATABLE_MS : mayBeAskedForMs);
};

/** By what the answers to a call can be invalidated. */
export const toTags = (call: Call): string[] => [
  call.provider,
  toTag(call.provider, call.operation.name),
  toUrlTag(call, call.path),
  ...(call.tags ?? []).map((tag) => toTag(call.provider, tag)),
];
