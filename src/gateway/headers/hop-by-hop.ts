import { isClaim } from './claims.ts';

/** What is about one connection only, `Connection` itself included, and so ends here (RFC 9110 §7.6.1). */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  // Whoever sends it must name it in Connection, which is not ours to write.
  'te',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** What most connections say: it names no field beyond those above. */
const USUAL: ReadonlySet<string> = new Set(['keep-alive', 'close', 'upgrade']);

/**
 * Fields for everybody on the way, which `Connection` must not name (RFC 9110 §7.6.1). Whoever names them anyway wants a
 * proxy between to drop what another has said, its word for who the caller is above all.
 */
const END_TO_END = new RegExp(
  `^(${[
    'host|forwarded|via|origin|referer|user-agent|x-request-id|traceparent|tracestate|idempotency-key',
    'authorization|www-authenticate|cookie2?|set-cookie2?|sec-.*|access-control-.*',
    'content-.*|x-content-type-options|accept.*|range|if-.*|expect|trailer|date|etag|location|retry-after',
    'vary|age|expires|pragma|cache-.*|.*-cache-.*|proxy-status',
  ].join('|')})$`,
);

const isForConnection = (name: string): boolean =>
  name !== '' && name !== 'close' && !HOP_BY_HOP.has(name) && !END_TO_END.test(name) && !isClaim(name);

/** The fields that a `Connection` names and that are its to name, in lower case; undefined for none. */
export const toConnectionNames = (field: string | readonly string[] | undefined): ReadonlySet<string> | undefined => {
  if (field === undefined) return undefined;
  const text = (typeof field === 'string' ? field : field.join(',')).toLowerCase();
  if (USUAL.has(text)) return undefined;
  const names = new Set<string>();
  for (const part of text.split(',')) {
    const name = part.trim();
    if (isForConnection(name)) names.add(name);
  }
  return names.size === 0 ? undefined : names;
};
