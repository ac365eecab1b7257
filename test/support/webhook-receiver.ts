import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { listenLocally, type StandIn } from '../upstreams/stand-in.ts';

/** What was posted to a receiver. */
export interface Delivered {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly body: string;
  readonly json: { readonly type: string; readonly timestamp: string; readonly data: unknown };
}

export interface WebhookReceiver extends StandIn {
  readonly port: number;
  /** All so far, the oldest first. */
  readonly deliveries: Delivered[];
  /** Connections at this moment. */
  readonly connections: number;
  /** What it answers from now on. */
  answer: (answer: ServerResponse, delivered: Delivered) => void;
}

export const withStatus =
  (status: number, headers: Readonly<Record<string, string>> = {}) =>
  (answer: ServerResponse): void =>
    void answer.writeHead(status, headers).end();

/** A server that somebody else has webhooks posted to. Answers 204 until it is told otherwise. */
export const startWebhookReceiver = async (): Promise<WebhookReceiver> => {
  const deliveries: Delivered[] = [];
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const json = JSON.parse(body) as Delivered['json'];
      const delivered = { path: request.url ?? '', headers: request.headers, body, json };
      deliveries.push(delivered);
      receiver.answer(answer, delivered);
    });
  });
  // Who wants a connection closed has to close it.
  server.keepAliveTimeout = 60_000;
  const { port, sockets, close } = await listenLocally(server);
  const receiver: WebhookReceiver = {
    ...{ url: `http://127.0.0.1:${port}`, port, deliveries, close, answer: withStatus(204) },
    get connections() {
      return sockets.size;
    },
  };
  return receiver;
};

const TOLERANCE_S = 300;

/**
 * Whether a delivery is what it says it is, as the specification has receivers find out (Standard Webhooks 1.0.0,
 * "Verifying signatures").
 */
export const isGenuine = ({ headers, body }: Delivered, secret: string, wallTime: number): boolean => {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!/^\d+$/.test(String(timestamp)) || Math.abs(wallTime / 1_000 - Number(timestamp)) > TOLERANCE_S) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${body}`)
    .digest();
  return String(signatures)
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
};
