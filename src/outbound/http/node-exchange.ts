import { request, type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { buildConnector } from 'undici';
import type { Clock } from '../../platform/clock.ts';
import { callError } from '../errors/call-error.ts';
import type { Call, Reply } from './call.ts';
import { NodeController } from './node-controller.ts';
import { toHeaderMap } from './node-headers.ts';
import { upload } from './node-upload.ts';
import { StreamedReply } from './streamed-reply.ts';

export interface NodeConnection {
  /** Speaks HTTP/1.1 only, and holds the egress policy and TLS. */
  readonly connect: buildConnector.connector;
  readonly origin: string;
}

/** What undici cannot say: it refuses `Expect`, takes 100 for an error, and sends no trailers. */
export const needsNode = ({ body, headers }: Call): boolean =>
  headers['expect'] !== undefined || (body !== null && headers['trailer'] !== undefined);

/** Makes one attempt through Node's own client, on a connection of its own. Fails as any other attempt does. */
export const sendThroughNode = (call: Call, connection: NodeConnection, clock: Clock): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const reply = new StreamedReply(call, clock, resolve, reject);
    if (call.signal.aborted) return reply.abort();
    const sent = open(call, connection, () => reply.onRequestStart(controller));
    const controller = new NodeController(sent);
    call.signal.addEventListener('abort', reply.abort);
    sent.on('error', (error: Error) => reply.onResponseError(controller, error));
    sent.on('information', ({ statusCode, rawHeaders }) =>
      reply.onResponseStart(controller, statusCode, toHeaderMap(rawHeaders)),
    );
    sent.once('response', (answer) => hear(answer, reply, controller));
    sent.once('upgrade', (_answer, socket) => {
      reply.onResponseError(controller, unasked(call));
      socket.destroy();
    });
    upload(sent, call, clock);
  });

const open = (call: Call, { connect, origin }: NodeConnection, onConnected: () => void): ClientRequest => {
  const { hostname, host, protocol, port } = new URL(origin);
  const target = { hostname: hostname.replace(/^\[|\]$/g, ''), host, protocol, port };
  return request({
    method: call.method,
    path: call.path,
    headers: toOutgoing(call, host),
    createConnection: (_options, connected) => {
      connect(target, (error, socket) => {
        if (error) return connected(error, undefined as never);
        onConnected();
        connected(null, socket);
      });
      return undefined;
    },
  });
};

const toOutgoing = ({ headers, body }: Call, host: string): OutgoingHttpHeaders => {
  const outgoing: OutgoingHttpHeaders = { host };
  for (const name in headers) if (headers[name] !== undefined) outgoing[name] = headers[name];
  outgoing['connection'] = 'close';
  if (body === null) delete outgoing['expect'];
  // RFC 9112 §7.1.2: trailers come after chunks only.
  if (outgoing['content-length'] !== undefined || !(body instanceof Readable)) delete outgoing['trailer'];
  else outgoing['transfer-encoding'] = 'chunked';
  return outgoing;
};

const hear = (answer: IncomingMessage, reply: StreamedReply, controller: NodeController): void => {
  controller.answer = answer;
  reply.onResponseStart(controller, answer.statusCode!, toHeaderMap(answer.rawHeaders));
  answer.on('data', (chunk: Buffer) => reply.onResponseData(controller, chunk));
  answer.on('end', () => reply.onResponseEnd(controller, toHeaderMap(answer.rawTrailers)));
  answer.on('error', (error) => reply.onResponseError(controller, error));
};

const unasked = (call: Call): Error => {
  const reason = 'the answer goes on with another protocol, which nobody asked for';
  return callError(call, { code: 'upstream_invalid_answer', reason, status: 101, transient: false });
};
