import { connect, type Socket } from 'node:net';

/** Connections to a server that ask once each and then stay, as those of browsers and of connection pools do. */
export interface IdleSockets {
  /** Opens so many more. @throws Error when one is refused, or gets no 200 */
  open: (count: number) => Promise<void>;
  /** How many are still there. */
  count: () => number;
  /** Breaks all of them off. */
  close: () => void;
}

const openingAtOnce = 50;
const timeoutMs = 5_000;

export const createIdleSockets = (origin: string, path: string): IdleSockets => {
  const { hostname, port, host } = new URL(origin);
  const request = `GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`;
  const sockets = new Set<Socket>();

  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) });
      sockets.add(socket);
      const waiting = setTimeout(() => reject(new Error(`${origin} left a connection unanswered`)), timeoutMs);
      socket.on('error', reject).once('close', () => sockets.delete(socket));
      socket.once('data', (answer) => {
        clearTimeout(waiting);
        const line = answer.toString('latin1', 0, 12);
        if (line === 'HTTP/1.1 200') resolve();
        else reject(new Error(`${origin} answered ${line}`));
      });
      socket.write(request);
    });

  return {
    open: async (count) => {
      let left = count;
      const askInTurn = async (): Promise<void> => {
        while (left-- > 0) await ask();
      };
      await Promise.all(Array.from({ length: openingAtOnce }, askInTurn));
    },
    count: () => sockets.size,
    close: () => {
      for (const socket of sockets) socket.resetAndDestroy();
      sockets.clear();
    },
  };
};
