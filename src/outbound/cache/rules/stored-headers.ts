import { toFieldNames } from '../../http/field-names.ts';
import type { HeaderMap } from '../../http/header-map.ts';
import type { Directives } from './directives.ts';

/** Concern one connection, one exchange or one user (RFC 9111 §3.1, RFC 9110 §7.6.1); `age` is reckoned anew. */
const NEVER_STORED: ReadonlySet<string> = new Set([
  'age',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Describe the stored body, which a 304 does not replace (RFC 9111 §3.2). */
const OF_THE_BODY: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
]);

/**
 * The headers worth keeping: none of a connection, no cookie, and none that the upstream says to fetch anew
 * (`no-cache`, `private` with field names: RFC 9111 §5.2.2).
 */
export const toStoredHeaders = (headers: HeaderMap, directives: Directives): HeaderMap => {
  const left = new Set([
    ...toFieldNames(headers['connection']),
    ...directives.fields('no-cache'),
    ...directives.fields('private'),
  ]);
  // Whatever is said of it: without it, one variant would be given for all (RFC 9111 §4.1).
  left.delete('vary');
  const stored: HeaderMap = {};
  for (const name of Object.keys(headers)) {
    if (!NEVER_STORED.has(name) && !left.has(name)) stored[name] = headers[name];
  }
  return stored;
};

/** The stored headers with those that came with a 304 (RFC 9111 §4.3.4). */
export const toUpdatedHeaders = (stored: HeaderMap, update: HeaderMap): HeaderMap => {
  // Without one of its own it is of the time when it came (RFC 9110 §6.6.1).
  const { date: _outdated, ...rest } = stored;
  const merged: HeaderMap = rest;
  for (const name of Object.keys(update)) if (!OF_THE_BODY.has(name)) merged[name] = update[name];
  return merged;
};
