import { randomFillSync } from 'node:crypto';

/** W3C Trace Context (level 1): who caused this request, so that others can tie their logs to ours. */
export interface TraceContext {
  /** 32 hex digits, not all zero. */
  readonly traceId: string;
  /** `01` when the caller records this trace, else `00`: other bits mean nothing yet and are not passed on. */
  readonly flags: string;
  /** The span that this request is, or this attempt at a background call: 16 hex digits. */
  readonly spanId: string;
  /** The caller's span; absent when the trace begins here. */
  readonly parentSpanId?: string;
  /** What others on the way have written beside it (`tracestate`, §3.3), as it came; absent when the trace begins here. */
  readonly state?: string;
}

/** Whether a trace is recorded; `isParentSampled` is undefined where it begins here. */
export type Sample = (traceId: string, isParentSampled: boolean | undefined) => boolean;

/** As much as has to be passed on (§3.3.1.5): printable ASCII, as members of a list `key=value`. */
const TRACESTATE = /^(?=.{1,512}$)[\t\x20-\x3c\x3e-\x7e]+=[\t\x20-\x7e]*$/;

const TRACEPARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})($|-)/;

/**
 * Continues the caller's trace, or starts one when the header is absent or unusable (W3C Trace Context §3.2). Without
 * `sample` we record nothing ourselves: what the caller decided stays, and what begins here is not sampled.
 */
export const toTraceContext = (
  traceparent: string | undefined,
  sample: Sample = asCallerDecided,
  tracestate?: string,
): TraceContext => {
  const match = traceparent === undefined ? null : TRACEPARENT.exec(traceparent);
  const [, version, traceId, parentSpanId, flags, rest] = match ?? [];
  // Only versions after 00 may say more than we know.
  const isUsable = traceId !== undefined && flags !== undefined && !(version === '00' && rest === '-');
  if (!isUsable) return begun(sample);
  const trace = continued(traceId, parentSpanId!, sample(traceId, isOdd(flags)));
  return tracestate !== undefined && TRACESTATE.test(tracestate) ? { ...trace, state: tracestate } : trace;
};

const asCallerDecided: Sample = (_traceId, isParentSampled = false) => isParentSampled;

const continued = (traceId: string, parentSpanId: string, isSampled: boolean): TraceContext => ({
  traceId,
  flags: toFlags(isSampled),
  spanId: newSpanId(),
  parentSpanId,
});

const begun = (sample: Sample): TraceContext => {
  const traceId = randomHex(16);
  return { traceId, flags: toFlags(sample(traceId, undefined)), spanId: newSpanId() };
};

const isOdd = (hex: string): boolean => Number.parseInt(hex, 16) % 2 === 1;

const toFlags = (isSampled: boolean): string => (isSampled ? '01' : '00');

export const isSampled = ({ flags }: TraceContext): boolean => flags === '01';

/** Such as one attempt has: 16 hex digits. */
export const newSpanId = (): string => randomHex(8);

/** The header for one outgoing attempt: its span is the parent of what the upstream does. */
export const toTraceparent = ({ traceId, flags }: TraceContext, spanId: string = newSpanId()): string =>
  `00-${traceId}-${spanId}-${flags}`;

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
