import { SpanKind, type Attributes } from '@opentelemetry/api';
import type { TraceContext } from '../../platform/context/trace-context.ts';
import { toKnownMethod } from '../../platform/telemetry/known-method.ts';
import type { SpanRecord } from '../../platform/telemetry/tracing.ts';
import { toRequests } from './attempt-record.ts';
import type { AttemptRecord, CallReceipt } from './call-receipt.ts';
import { toServerAddress } from './server-address.ts';

/** One request on the wire; its times are ms since its attempt began. */
type Sent = AttemptRecord & Required<Pick<AttemptRecord, 'spanId' | 'dispatchedMs'>>;

/** One span for each request that was sent for the call, in their order; none for what the cache answered, or we refused. */
export const toCallSpans = (receipt: CallReceipt, { traceId, spanId: parentSpanId }: TraceContext): SpanRecord[] =>
  receipt.attempts.flatMap(toSent).map((sent, index) => ({
    name: toName(receipt),
    kind: SpanKind.CLIENT,
    traceId,
    spanId: sent.spanId,
    parentSpanId,
    startedAt: receipt.startedAt + sent.startedAtMs + sent.dispatchedMs,
    durationMs: sent.durationMs - sent.dispatchedMs,
    attributes: { ...ofCall(receipt), ...ofRequest(sent), ...(index > 0 && { 'http.request.resend_count': index }) },
    failure: toFailure(sent),
  }));

const toSent = (attempt: AttemptRecord): Sent[] => toRequests(attempt).filter(isSent);

const isSent = (request: AttemptRecord): request is Sent =>
  request.spanId !== undefined && request.dispatchedMs !== undefined;

const toName = ({ method, template }: CallReceipt): string => {
  const known = toKnownMethod(method);
  const named = known === '_OTHER' ? 'HTTP' : known;
  return isTemplate(template) ? `${named} ${template}` : named;
};

/** What is passed on, and raw calls, have none. */
const isTemplate = (template: string): boolean => template.startsWith('/');

const ofCall = ({ provider, operation, method, template, cache, isRefresh }: CallReceipt): Attributes => ({
  'http.request.method': toKnownMethod(method),
  ...(isTemplate(template) && { 'url.template': template }),
  'breakwater.provider': provider,
  'breakwater.operation': operation,
  ...(cache && { 'breakwater.cache': cache.detail ?? cache.fwd ?? 'hit' }),
  ...(isRefresh && { 'breakwater.refresh': true }),
});

const ofRequest = (sent: Sent): Attributes => ({
  ...toServerAddress(sent.server),
  ...(sent.status !== undefined && { 'http.response.status_code': sent.status }),
  ...toErrorType(sent),
  ...(sent.isHedge && { 'breakwater.hedge': true }),
  ...(sent.queuedMs > 0 && { 'breakwater.queued_ms': round(sent.queuedMs) }),
  ...toPhase('breakwater.sent_ms', sent.sentMs, sent),
  ...toPhase('breakwater.first_byte_ms', sent.firstByteMs, sent),
});

/** Since the span began. */
const toPhase = (name: string, atMs: number | undefined, { dispatchedMs }: Sent): Attributes =>
  atMs === undefined ? {} : { [name]: round(atMs - dispatchedMs) };

const round = (ms: number): number => Math.round(ms * 100) / 100;

const isRefusal = ({ status = 0 }: Sent): boolean => status >= 400;

/** By the semantic conventions: the kind of the failure, or the status where that is one. */
const toErrorType = (sent: Sent): Attributes => {
  if (sent.code !== undefined) return { 'error.type': sent.code };
  return isRefusal(sent) ? { 'error.type': String(sent.status) } : {};
};

const toFailure = (sent: Sent): string | undefined =>
  sent.error ?? sent.code ?? (isRefusal(sent) ? `answered ${sent.status}` : undefined);
