import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/logging/log.ts';
import type { Tunnels } from './tunnels.ts';

interface DrainParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs: number;
  readonly tunnels: Tunnels;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** For answers that are written past the framework: is theirs the last on its connection? */
    isDraining: () => boolean;
  }
}

export interface Drain {
  /** Starts closing: requests in flight finish, and tunnels end, up to the limit; nothing else keeps the server open. */
  begin(): void;
  readonly hasBegun: () => boolean;
}

/** Prepares a server for being stopped gracefully. */
export const addDrain = (server: FastifyInstance, { clock, log, timeoutMs, tunnels }: DrainParts): Drain => {
  const sockets = trackSockets(server.server);
  let isDraining = false;
  // Not a list of answers in flight: with one, the process was half as large again under load.
  server.addHook('onSend', (_request, reply, payload, done) => {
    // The connection would wait for a next request that is not to come.
    if (isDraining) void reply.header('connection', 'close');
    done(null, payload);
  });
  server.decorate('isDraining', () => isDraining);
  const begin = (): void => {
    if (isDraining) return;
    isDraining = true;
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    tunnels.endAll();
    const cancel = clock.schedule(() => {
      log.warn({ timeoutMs }, 'Requests still in flight were cut off');
      server.server.closeAllConnections();
      // Those of upgraded connections are none of the server's any more.
      for (const socket of sockets) socket.destroy();
    }, timeoutMs);
    server.server.once('close', cancel);
  };
  return { begin, hasBegun: () => isDraining };
};

/** The server itself does not count connections that never sent anything as idle. */
const trackSockets = (httpServer: Server): ReadonlySet<Socket> => {
  const sockets = new Set<Socket>();
  httpServer.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
};
