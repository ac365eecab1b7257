import type { Server, Socket } from 'node:net';
import { listenLocally, type Listening } from '../stand-in.ts';

/** A port that can be closed and opened again, and the connections to it. */
export interface Door {
  readonly port: number;
  readonly open: number;
  readonly opened: number;
  /** The number of the newest connection from there, counted from 1. */
  numberOf(remotePort: number): number;
  close(): Promise<void>;
  /** Closes, and resets every connection. */
  slam(): Promise<void>;
  reopen(): Promise<void>;
}

export async function openDoor(createServer: () => Server, wanted?: number): Promise<Door> {
  const numbers = new Map<number, number>();
  let opened = 0;
  const listen = (at: number | undefined): Promise<Listening> => {
    const server = createServer();
    server.on('connection', (socket: Socket) => void numbers.set(socket.remotePort ?? 0, (opened += 1)));
    return listenLocally(server, at);
  };
  let listening = await listen(wanted);
  const { port } = listening;
  return {
    port,
    get open() {
      return listening.sockets.size;
    },
    get opened() {
      return opened;
    },
    numberOf: (remotePort) => numbers.get(remotePort) ?? 0,
    close: () => listening.close(),
    slam: async () => {
      for (const socket of listening.sockets) socket.resetAndDestroy();
      await listening.close();
    },
    reopen: async () => {
      listening = await listen(port);
    },
  };
}
