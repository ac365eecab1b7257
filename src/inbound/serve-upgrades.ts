import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Tunnels } from './tunnels.ts';
import { isTunnel, offerSocket } from './upgrades.ts';

/** Where upgrades may be taken. Everywhere else they are ignored, as any server may (RFC 9110 §7.8). */
const PREFIX = '/gateway/';

/**
 * Whether a request is offered to be upgraded. Not with a body, or with an expectation: bytes behind the head would be
 * taken for the other protocol. Not in HTTP/1.0 (RFC 9110 §7.8), and never to h2c (RFC 9113 §3.1).
 */
export const mayUpgrade = ({ url, httpVersion, headers }: IncomingMessage): boolean =>
  url?.startsWith(PREFIX) === true &&
  httpVersion === '1.1' &&
  (headers['content-length'] === undefined || headers['content-length'] === '0') &&
  headers['transfer-encoding'] === undefined &&
  headers.expect === undefined &&
  headers.upgrade?.toLowerCase() !== 'h2c';

/**
 * Sends requests that want an upgrade the ordinary way, hooks and routing included. Who handles one answers it like any
 * other, and the connection is closed; or takes the connection (`takeSocket`).
 */
export const serveUpgrades = (server: Server): Tunnels => {
  const tunnels = new Tunnels();
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const response = new ServerResponse(request);
    offerSocket(request, { socket, head, response, tunnels });
    attach(request, response, socket);
    server.emit('request', request, response);
  });
  return tunnels;
};

/** The server has let go of the socket: what it does for other requests is done here, until the socket is taken. */
const attach = (request: IncomingMessage, response: ServerResponse, socket: Socket): void => {
  const unlessTaken = (task: () => unknown) => (): void => void (isTunnel(request) || task());
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => socket.destroySoon());
  socket.on('error', () => undefined);
  socket.on(
    'drain',
    unlessTaken(() => response.emit('drain')),
  );
  // As for all requests: who has ended its side is gone.
  socket.once(
    'end',
    unlessTaken(() => socket.end()),
  );
};
