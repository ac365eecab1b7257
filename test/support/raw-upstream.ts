import { createServer, type Socket } from 'node:net';
import { listenLocally, type StandIn } from '../upstreams/stand-in.ts';

/** An upstream that says whatever a test wants, HTTP or not. */
export interface RawUpstream extends StandIn {
  /** The heads of the requests that came, oldest first. */
  readonly heads: readonly string[];
  /** Open now. */
  readonly connections: number;
  /** What it does from now on when a head has come. Text is said as it is, and then it says no more. */
  answer(how: string | ((socket: Socket) => void)): void;
}

export const startRawUpstream = async (): Promise<RawUpstream> => {
  const heads: string[] = [];
  let how: string | ((socket: Socket) => void) = '';
  const server = createServer((socket) => {
    let heard = '';
    // Whoever it speaks to may go away at any time.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      const end = heard.indexOf('\r\n\r\n');
      if (end === -1) return;
      heads.push(heard.slice(0, end));
      heard = '';
      if (typeof how === 'string') socket.end(how, 'latin1');
      else how(socket);
    });
  });
  const { port, sockets, close } = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close,
    heads,
    get connections() {
      return sockets.size;
    },
    answer: (next) => void (how = next),
  };
};
