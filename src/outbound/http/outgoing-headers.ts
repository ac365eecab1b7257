import { newSpanId, toTraceparent, type TraceContext } from '../../platform/context/trace-context.ts';
import { currentAttempt } from '../telemetry/attempt-record.ts';
import type { Call, Stage } from './call.ts';
import { ACCEPTED_ENCODINGS } from './decompress.ts';
import type { HeaderMap } from './header-map.ts';

/** Headers of every attempt: who we are, what we can read, and whose request this is for. The call's own win; what is
 * passed on has all of them already, but for a span of its own. */
export const outgoingHeaders =
  (userAgent: string): Stage =>
  (next) =>
  (call) => {
    if (!call.streams) return next({ ...call, headers: withDefaults(call, userAgent) });
    tellSpan(call);
    return next(call);
  };

const withDefaults = (call: Call, userAgent: string): HeaderMap => {
  const { requestId, trace } = call.receipt;
  return {
    accept: 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'user-agent': userAgent,
    ...(requestId !== undefined && { 'x-request-id': requestId }),
    ...(trace && toTraceHeaders(trace, call)),
    ...call.headers,
  };
};

const toTraceHeaders = (trace: TraceContext, call: Call): HeaderMap => {
  const traceparent = toTraceparent(trace, beginSpan(call));
  return trace.state === undefined ? { traceparent } : { traceparent, tracestate: trace.state };
};

/** Written over what it had: the map is this call's alone. One that a route's rules have set, or taken away, stays so. */
const tellSpan = (call: Call): void => {
  const { headers } = call;
  const { traceparent } = headers;
  const { trace } = call.receipt;
  if (trace === undefined || typeof traceparent !== 'string' || !traceparent.startsWith(trace.traceId, 3)) return;
  headers['traceparent'] = toTraceparent(trace, beginSpan(call));
};

/** Each request on the wire has its own. */
const beginSpan = (call: Call): string => {
  const spanId = newSpanId();
  const attempt = currentAttempt(call);
  if (attempt) attempt.spanId = spanId;
  return spanId;
};
