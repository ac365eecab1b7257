import { parseHttpDate } from '../../http/http-date.ts';
import type { HeaderMap } from '../../http/header-map.ts';
import type { CacheEntry } from '../cache-entry.ts';

/** Headers that make a request conditional (RFC 9110 §13.1). */
const CONDITIONS = ['if-none-match', 'if-modified-since'] as const;
const FOR_THE_UPSTREAM = ['if-match', 'if-unmodified-since', 'if-range'] as const;

/** Conditions that can be answered from what is stored. */
export const hasConditions = (headers: HeaderMap): boolean => CONDITIONS.some((name) => headers[name] !== undefined);

/** Conditions that only the upstream can judge. */
export const hasForeignConditions = (headers: HeaderMap): boolean =>
  FOR_THE_UPSTREAM.some((name) => headers[name] !== undefined);

/** What asks the upstream whether an entry is still good (RFC 9111 §4.3.1); empty when it gave nothing to ask by. */
export const toValidators = ({ headers: { etag, 'last-modified': modified } }: CacheEntry): HeaderMap => ({
  ...(etag !== undefined && { 'if-none-match': etag }),
  ...(modified !== undefined && { 'if-modified-since': modified }),
});

/** The request's headers without conditions of its own. */
export const withoutConditions = (headers: HeaderMap): HeaderMap => {
  const rest = { ...headers };
  for (const name of CONDITIONS) delete rest[name];
  return rest;
};

/** Whether the caller has already what is stored (RFC 9111 §4.3.2); `If-None-Match` outweighs `If-Modified-Since`. */
export const isNotModified = (request: HeaderMap, { headers }: Pick<CacheEntry, 'headers'>): boolean => {
  const tags = request['if-none-match'];
  if (tags !== undefined) return matches([tags].flat().join(','), headers['etag']);
  const since = parseHttpDate(String(request['if-modified-since']));
  const modified = parseHttpDate(String(headers['last-modified'] ?? headers['date']));
  return modified <= since;
};

/** Quoted, with commas perhaps; or what somebody sends instead. */
const ENTITY_TAG = /(?:W\/)?"[^"]*"|[^\s,]+/g;

/** The weak comparison (RFC 9110 §8.8.3.2). */
const matches = (tags: string, etag: HeaderMap[string]): boolean => {
  if (tags.trim() === '*') return true;
  const opaque = toOpaque(String(etag));
  return etag !== undefined && (tags.match(ENTITY_TAG) ?? []).some((tag) => toOpaque(tag) === opaque);
};

const toOpaque = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag);

/** Whether a 304 speaks of this entry: it names the same tag, or none (RFC 9111 §4.3.4). */
export const confirms = (update: HeaderMap, { headers }: CacheEntry): boolean =>
  update['etag'] === undefined || toOpaque(String(update['etag'])) === toOpaque(String(headers['etag']));
