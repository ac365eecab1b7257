import type { ProblemCode } from '../../../src/inbound/problems/problem.ts';

export interface Expected {
  /** Path on the fault server; its first segment names the fault. */
  readonly path: string;
  readonly status: number;
  /** Absent when the call succeeds after all. */
  readonly code?: ProblemCode;
  /** Requests that reach the upstream, or connections tried, for a GET. */
  readonly attempts: number;
  readonly retryAfterS?: RegExp;
}

const succeeds = (path: string, attempts = 1): Expected => ({ path, status: 200, attempts });

const fails =
  (code: ProblemCode, status: number, attempts: number) =>
  (path: string): Expected => ({ path, status, code, attempts });

const timesOut = fails('upstream_timeout', 504, 3);
const isUnreachable = fails('upstream_unreachable', 502, 3);
const isInvalid = fails('upstream_invalid_answer', 502, 1);
const isRejected = fails('upstream_rejected', 502, 1);

/** What a caller of ours gets, and how often the upstream was tried, for a GET with three attempts at most. */
export const EXPECTED: readonly Expected[] = [
  ...['/ok', '/echo', '/count', '/slow?ms=20', '/late?ms=20', '/close', '/unlabelled-json'].map((path) =>
    succeeds(path),
  ),
  succeeds('/reset-once', 2),
  succeeds('/flapping?fail=2', 3),
  ...['/hang', '/slow-headers', '/drip'].map(timesOut),
  ...['/reset-before', '/reset-after', '/refused', '/truncated', '/truncated-chunked'].map(isUnreachable),
  fails('upstream_unreachable', 502, 1)('/tls'),
  ...['/malformed-chunk', '/malformed-status', '/huge-headers', '/huge-body', '/zip-bomb', '/broken-gzip'].map(
    isInvalid,
  ),
  ...['/wrong-content-type', '/mislabelled-json', '/invalid-json', '/empty', '/wrong-shape', '/redirect'].map(
    isInvalid,
  ),
  ...['/status/204', '/status/304'].map(isInvalid),
  ...['/status/400', '/status/401', '/status/403', '/status/404', '/status/422'].map(isRejected),
  ...['/status/500', '/status/502', '/status/503', '/status/504'].map(fails('upstream_failed', 502, 3)),
  ...['/status/501', '/status/505'].map(fails('upstream_failed', 502, 1)),
  fails('upstream_throttled', 503, 3)('/status/429'),
  // Waiting as long as they ask does not fit the deadline: the caller is told now.
  { ...fails('upstream_throttled', 503, 1)('/throttled-seconds'), retryAfterS: /^2$/ },
  { ...fails('upstream_throttled', 503, 1)('/throttled-date'), retryAfterS: /^[12]$/ },
  { ...fails('upstream_failed', 502, 1)('/unavailable-seconds'), retryAfterS: /^2$/ },
  { ...fails('upstream_failed', 502, 1)('/unavailable-date'), retryAfterS: /^[12]$/ },
];
