import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Arrival, Arrivals } from './arrivals.ts';
import type { EchoFault } from './echo-handles.ts';
import type { Answer, Exchange } from './exchange.ts';
import { findAnswer, findAnswerBeforeBody } from './find-answer.ts';
import type { Gates } from './gates.ts';
import { readBody } from './read-body.ts';
import type { Speakers } from './speakers.ts';
import { resetConnection } from './stalling-answers.ts';
import { createTunnels, isTunnelPath } from './tunnels.ts';
import { writeText } from './write-answer.ts';

export interface ServiceParts {
  readonly arrivals: Arrivals;
  readonly gates: Gates;
  readonly speakers: Speakers;
  readonly fault: () => EchoFault;
}

/** What happens to requests, whatever protocol they came by. */
export interface Service {
  handle(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** CONNECT: this is no proxy. */
  refuseConnect(request: IncomingMessage, socket: Duplex): void;
  /** False: an ordinary answer is due. */
  shouldUpgrade(request: IncomingMessage): boolean;
}

const pathOf = (url = ''): string => url.split('?', 1)[0] ?? '';

const queryOf = (url = ''): URLSearchParams => new URLSearchParams(url.split('?').slice(1).join('?'));

export function createService(parts: ServiceParts): Service {
  const { arrivals, gates, speakers, fault } = parts;
  const openTunnel = createTunnels(speakers);
  const times = new Map<string, number>();
  return {
    shouldUpgrade: ({ url }) => fault() === undefined && isTunnelPath(pathOf(url)),
    upgrade: (request, socket, head) => openTunnel(request, socket, head, arrivals.record(request)),
    refuseConnect: (request, socket) => {
      arrivals.record(request);
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    },
    handle: async (request, response, expectsContinue) => {
      const { url = '' } = request;
      times.set(url, (times.get(url) ?? 0) + 1);
      const arrival = watch(response, arrivals.record(request));
      const place = { path: pathOf(url), query: queryOf(url), times: times.get(url) ?? 0 };
      const exchange = { request, response, arrival, ...place, expectsContinue, gates, speakers };
      await answer(exchange, toFailure(fault())).catch(() => response.destroy());
    },
  };
}

function watch(response: ServerResponse, arrival: Arrival): Arrival {
  response.once('close', () => void (arrival.aborted = !response.writableFinished));
  response.on('error', () => undefined);
  return arrival;
}

const toFailure = (fault: EchoFault): Answer | undefined => {
  if (fault === undefined) return undefined;
  return fault === 'reset' ? resetConnection : ({ response }) => writeText(response, fault, 'failing as told');
};

async function answer(exchange: Exchange, failure: Answer | undefined): Promise<void> {
  const { path, response, expectsContinue } = exchange;
  if (failure === resetConnection) return void failure(exchange);
  const atOnce = failure ? undefined : findAnswerBeforeBody(path);
  if (atOnce) return void (await atOnce(exchange));
  if (expectsContinue) response.writeContinue();
  if (await readBody(exchange)) await (failure ?? findAnswer(path))(exchange);
}
