import { randomFillSync } from 'node:crypto';

/** W3C Trace Context (level 1): who caused this request, so that others can tie their logs to ours. */
export interface TraceContext {
  /** 32 hex digits, not all zero. */
  readonly traceId: string;
  /** 2 hex digits; bit 0 says that the caller records this trace. */
  readonly flags: string;
}

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(?:-|$)/;

/** Continues the caller's trace, or starts one when the header is absent or unusable (W3C Trace Context §3.2). */
export const toTraceContext = (traceparent: string | undefined): TraceContext => {
  const match = traceparent === undefined ? null : TRACEPARENT.exec(traceparent);
  return match ? { traceId: match[1]!, flags: match[2]! } : { traceId: randomHex(16), flags: '00' };
};

/** The header for one outgoing attempt, with a span id of its own. */
export const toTraceparent = ({ traceId, flags }: TraceContext): string => `00-${traceId}-${randomHex(8)}-${flags}`;

/** Random bytes are drawn in bulk: one draw per header costs more than the rest of the header. */
const pool = Buffer.alloc(8_192);
let used = pool.length;

const randomHex = (bytes: number): string => {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
};
