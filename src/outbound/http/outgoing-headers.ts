import { currentContext } from '../../platform/context/request-context.ts';
import { newSpanId, toTraceparent } from '../../platform/context/trace-context.ts';
import { currentAttempt } from '../telemetry/attempt-record.ts';
import type { CallReceipt } from '../telemetry/call-receipt.ts';
import type { Call, Stage } from './call.ts';
import { ACCEPTED_ENCODINGS } from './decompress.ts';
import type { HeaderMap } from './header-map.ts';

/** Headers of every attempt: who we are, what we can read, and whose request this is for. The call's own win; what is
 * passed on has all of them already. */
export const outgoingHeaders =
  (userAgent: string): Stage =>
  (next) =>
  (call) =>
    call.streams ? next(call) : next({ ...call, headers: withDefaults(call, userAgent) });

const withDefaults = ({ headers, receipt }: Call, userAgent: string): HeaderMap => {
  const context = currentContext();
  return {
    accept: 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'user-agent': userAgent,
    ...(context && {
      'x-request-id': context.requestId,
      traceparent: toTraceparent(context.trace, beginSpan(receipt)),
    }),
    ...headers,
  };
};

/** Each request on the wire has its own. */
const beginSpan = (receipt: CallReceipt): string => {
  const spanId = newSpanId();
  const attempt = currentAttempt(receipt);
  if (attempt) attempt.spanId = spanId;
  return spanId;
};
