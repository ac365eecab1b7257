/** RFC 9110 §9.1, RFC 5789 and QUERY. */
const KNOWN: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'QUERY',
]);

/** What an attribute says of a method: one that nobody knows is `_OTHER`, as callers may invent any number. */
export const toKnownMethod = (method: string): string => (KNOWN.has(method) ? method : '_OTHER');
