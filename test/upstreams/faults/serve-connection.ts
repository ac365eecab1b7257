import type { Socket } from 'node:net';
import { openExchange, type Exchange } from './exchange.ts';
import { readRequest, type FaultRequest } from './request-reader.ts';

export interface ConnectionEvents {
  onRequest(exchange: Exchange): void;
  /** The client closed the connection, or half of it, before the answer to this request was complete. */
  onAbort(request: FaultRequest): void;
}

/** Reads requests off one connection, one after the other: the next is looked at when the one before is answered. */
export function serveConnection(socket: Socket, events: ConnectionEvents): void {
  let unread: Buffer = Buffer.alloc(0);
  let current: ReturnType<typeof openExchange> | undefined;
  const proceed = () => {
    if (current || !socket.writable) return;
    const reading = readRequest(unread);
    if (reading === 'incomplete') return;
    if (reading === 'malformed') return void socket.destroy();
    unread = unread.subarray(reading.byteLength);
    current = openExchange(socket, reading.request, () => {
      current = undefined;
      setImmediate(proceed);
    });
    events.onRequest(current.exchange);
  };
  const depart = () => {
    if (!current) return;
    events.onAbort(current.exchange.request);
    current.abandon();
    socket.destroy();
  };
  socket.on('data', (bytes: Buffer) => {
    unread = Buffer.concat([unread, bytes]);
    proceed();
  });
  socket.on('end', depart);
  socket.on('close', depart);
  // A reset by the client is what many tests are about, and `close` follows it.
  socket.on('error', () => undefined);
}
