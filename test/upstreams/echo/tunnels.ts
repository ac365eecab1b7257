import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Arrival } from './arrivals.ts';
import type { Speakers } from './speakers.ts';

const PATHS = ['/ws', '/raw-upgrade'];

/** Any other request that asks for an upgrade gets an ordinary answer. */
export const isTunnelPath = (path: string): boolean => PATHS.includes(path);

export type OpenTunnel = (request: IncomingMessage, socket: Duplex, head: Buffer, arrival: Arrival) => void;

/** `/ws`: a WebSocket that echoes. `/raw-upgrade`: the protocol `echo`, bytes for bytes. */
export function createTunnels(speakers: Speakers): OpenTunnel {
  const webSockets = new WebSocketServer({ noServer: true });
  return (request, socket, head, arrival) => {
    arrival.complete = true;
    if (!request.url?.startsWith('/ws')) return echoRaw(socket, head, arrival);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => echoMessages(webSocket, arrival, speakers));
  };
}

/** The text `close:4001` closes with this code, and `drop` without any. */
function echoMessages(webSocket: WebSocket, arrival: Arrival, speakers: Speakers): void {
  const remove = speakers.add((text) => webSocket.send(text));
  webSocket.on('message', (data: Buffer, isBinary) => {
    const text = isBinary ? '' : data.toString();
    if (text === 'drop') webSocket.terminate();
    else if (text.startsWith('close:')) webSocket.close(Number(text.slice('close:'.length)), 'as told');
    else webSocket.send(data, { binary: isBinary });
  });
  // 1006: there was no closing handshake (RFC 6455, section 7.1.5).
  webSocket.once('close', (code) => void (arrival.aborted = code === 1_006));
  webSocket.once('close', remove);
  webSocket.on('error', () => undefined);
}

function echoRaw(socket: Duplex, head: Buffer, arrival: Arrival): void {
  let ended = false;
  socket.once('end', () => void (ended = true));
  socket.once('close', () => void (arrival.aborted = !ended));
  socket.on('error', () => undefined);
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  socket.write(head);
  socket.pipe(socket);
}
