import { SpanKind, type Attributes } from '@opentelemetry/api';
import { toKnownMethod } from '../../platform/telemetry/known-method.ts';
import { toKnownScheme } from '../../platform/telemetry/known-scheme.ts';
import type { SpanRecord } from '../../platform/telemetry/tracing.ts';
import type { RequestRecord } from './request-record.ts';

/** The request as the parent of all that was done for it. Nothing of it that could be about a person: no path, no address. */
export const toRequestSpan = (record: RequestRecord): SpanRecord => {
  const { trace, failure } = record.context;
  const { route, startedAt, durationMs } = record;
  return {
    name: toName(record.request.method, route),
    kind: SpanKind.SERVER,
    traceId: trace.traceId,
    spanId: trace.spanId,
    parentSpanId: trace.parentSpanId,
    startedAt,
    durationMs,
    attributes: toAttributes(record),
    failure: isOurs(record) ? (failure?.reason ?? `answered ${record.status}`) : undefined,
  };
};

const toName = (method: string, route: string | undefined): string => {
  const known = toKnownMethod(method);
  const named = known === '_OTHER' ? 'HTTP' : known;
  return route === undefined ? named : `${named} ${route}`;
};

/** By the semantic conventions, what is wrong with a request is no failure of whom it was sent to. */
const isOurs = ({ status, isBrokenOff }: RequestRecord): boolean => status >= 500 || isBrokenOff;

const toAttributes = (record: RequestRecord): Attributes => {
  const { request, route, status, context } = record;
  return {
    'http.request.method': toKnownMethod(request.method),
    ...(route !== undefined && { 'http.route': route }),
    'http.response.status_code': status,
    'url.scheme': toKnownScheme(request.protocol),
    'network.protocol.version': request.raw.httpVersion,
    ...toServer(request.headers.host),
    ...toErrorType(record),
    'breakwater.request_id': context.requestId,
  };
};

const toErrorType = (record: RequestRecord): Attributes => {
  const code = record.context.failure?.code;
  if (code !== undefined) return { 'error.type': code };
  return isOurs(record) ? { 'error.type': String(record.status) } : {};
};

const HOST = /^([a-z\d](?:[a-z\d._-]{0,251}[a-z\d])?|\[[\da-f:.]{2,45}\])(?::(\d{1,5}))?$/i;

/** What our caller calls us, if that is a name. */
const toServer = (host = ''): Attributes => {
  const [, name, port] = HOST.exec(host) ?? [];
  if (name === undefined) return {};
  return { 'server.address': name.replace(/[[\]]/g, ''), ...(port !== undefined && { 'server.port': Number(port) }) };
};
