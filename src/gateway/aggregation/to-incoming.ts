import type { FastifyRequest } from 'fastify';
import { contextOf } from '../../inbound/request-context.hook.ts';
import type { IsTrusted } from '../../inbound/trusted-proxies.ts';
import { toTraceparent } from '../../platform/context/trace-context.ts';
import type { Incoming } from '../headers/incoming.ts';

/** A request of which nothing but its head is passed on. */
export const toIncoming = (request: FastifyRequest, isTrusted: IsTrusted): Incoming => {
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
    traceparent: toTraceparent(trace),
    hasBody: false,
    isUpgrade: false,
  };
};
