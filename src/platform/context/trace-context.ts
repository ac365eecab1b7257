import { randomFillSync } from 'node:crypto';

/** W3C Trace Context (level 1): who caused this request, so that others can tie their logs to ours. */
export interface TraceContext {
  /** 32 hex digits, not all zero. */
  readonly traceId: string;
  /** `01` when the caller records this trace, else `00`: other bits mean nothing yet and are not passed on. */
  readonly flags: string;
}

const TRACEPARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})($|-)/;

/** Continues the caller's trace, or starts one when the header is absent or unusable (W3C Trace Context §3.2). */
export const toTraceContext = (traceparent: string | undefined): TraceContext => {
  const match = traceparent === undefined ? null : TRACEPARENT.exec(traceparent);
  const [, version, traceId, flags, rest] = match ?? [];
  // Only versions after 00 may say more than we know.
  const isUsable = traceId !== undefined && flags !== undefined && !(version === '00' && rest === '-');
  return isUsable ? { traceId, flags: toFlags(flags) } : { traceId: randomHex(16), flags: '00' };
};

const toFlags = (hex: string): string => (Number.parseInt(hex, 16) % 2 === 1 ? '01' : '00');

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
