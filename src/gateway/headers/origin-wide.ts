/** What browsers take to be about a whole origin, which here is ours, or proxies before us to be about themselves. */
const DROPPED: ReadonlySet<string> = new Set([
  // Where else, how, and how safely the origin can be reached.
  ...['alt-svc', 'strict-transport-security', 'expect-ct'],
  // What it keeps, reports and asks for, and how far a worker of it reaches.
  ...['clear-site-data', 'service-worker-allowed', 'nel', 'report-to', 'reporting-endpoints', 'set-login'],
  ...['accept-ch', 'critical-ch', 'origin-agent-cluster', 'origin-trial', 'x-permitted-cross-domain-policies', 'p3p'],
  // Tell a web server in front of us to send one of its own files instead, or how to cache.
  ...['x-accel-redirect', 'x-accel-expires', 'x-accel-charset', 'x-accel-limit-rate'],
  ...['x-sendfile', 'x-lighttpd-send-file', 'x-lighttpd-send-tempfile', 'x-reproxy-url'],
]);

/** Caches at which these are aimed look at no other (RFC 9213 §2.2, and what came before it). */
const AIMED_AT_CDNS = /^(?:surrogate-control|edge-control|(?:.+-)?cdn-cache-control)$/;

export const isForCdns = (name: string): boolean => AIMED_AT_CDNS.test(name);

/**
 * Headers of an answer that speak for an origin. Which other origins may read from ours, with a caller's session, is said by
 * CORS_ORIGINS and not by them.
 */
export const isOriginWide = (name: string): boolean => DROPPED.has(name) || name.startsWith('access-control-');
