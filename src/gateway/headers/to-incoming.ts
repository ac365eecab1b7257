import type { FastifyRequest } from 'fastify';
import { contextOf } from '../../inbound/request-context.hook.ts';
import type { IsTrusted } from '../../inbound/trusted-proxies.ts';
import { toTraceparent } from '../../platform/context/trace-context.ts';
import type { Incoming } from './incoming.ts';

/** What is passed on of a request beside its head. Default nothing. */
type PassedOn = Partial<Pick<Incoming, 'hasBody' | 'isUpgrade'>>;

export const toIncoming = (
  request: FastifyRequest,
  isTrusted: IsTrusted,
  { hasBody = false, isUpgrade = false }: PassedOn = {},
): Incoming => {
  const { raw } = request;
  const { requestId, trace } = contextOf(request);
  const peer = raw.socket.remoteAddress ?? '';
  return {
    headers: raw.headers,
    rawHeaders: raw.rawHeaders,
    httpVersion: raw.httpVersion,
    peer,
    isTrusted: isTrusted(peer),
    protocol: 'http',
    requestId,
    traceparent: toTraceparent(trace, trace.spanId),
    tracestate: trace.state,
    hasBody,
    isUpgrade,
  };
};
