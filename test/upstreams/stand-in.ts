import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A small local server that behaves as an upstream does. */
export interface StandIn {
  /** Where it answers, without a trailing slash. */
  readonly url: string;
  /** Resolves once nothing of it is left: no listener, no socket, no timer. May be called twice. */
  close(): Promise<void>;
}

export interface Listening {
  readonly port: number;
  readonly sockets: ReadonlySet<Socket>;
  close(): Promise<void>;
}

/** Binds to 127.0.0.1; port 0 lets the system choose. Closing destroys open sockets, so that no test waits for keep-alive. */
export async function listenLocally(server: Server, port = 0): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, sockets, close: () => stop(server, sockets) };
}

async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  for (const socket of sockets) socket.destroy();
  await closed;
}
