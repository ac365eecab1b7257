import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface PlainAnswer {
  status: number;
  hasRetryAfter: boolean;
  body: string;
}

/** One connection that carries one request at a time. It costs a fraction of what a client of HTTP does. */
export interface PlainConnection {
  /** @throws Error when the connection ends first, or the answer does not say how long it is */
  ask: (request: string) => Promise<PlainAnswer>;
  /** Ask at once after creating it. @throws Error when it is refused */
  whenOpen: () => Promise<void>;
  /** Whether it is connected and can be asked. */
  isOpen: () => boolean;
  close: () => void;
}

interface Waiting {
  resolve: (answer: PlainAnswer) => void;
  reject: (error: Error) => void;
}

/** The bytes of a GET. Header names and values are sent as they are. */
export const toRequest = (origin: string, path: string, headers: Record<string, string> = {}): string => {
  const lines = Object.entries({ host: new URL(origin).host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
};

/** Undefined until all of it has come. @throws Error for one without Content-Length */
const readAnswer = (text: string): PlainAnswer | undefined => {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer of unknown length:\n${head}`);
  const body = text.slice(headEnd + 4);
  if (body.length < Number(length)) return undefined;
  return { status: Number(head.slice(9, 12)), hasRetryAfter: /\r\nretry-after:/i.test(head), body };
};

const listen = (socket: Socket, take: () => Waiting | undefined): void => {
  let text = '';
  // One character for each byte, as Content-Length counts.
  socket.setEncoding('latin1').setNoDelay(true);
  socket.on('data', (piece: string) => {
    text += piece;
    try {
      const answer = readAnswer(text);
      if (answer === undefined) return;
      text = '';
      take()?.resolve(answer);
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
  socket.on('error', (error) => take()?.reject(error));
  socket.on('close', () => take()?.reject(new Error('the connection was closed')));
};

/** Begins to connect; what is asked meanwhile is sent as soon as it has. */
export const createConnection = (origin: string): PlainConnection => {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  let waiting: Waiting | undefined;
  listen(socket, () => {
    const first = waiting;
    waiting = undefined;
    return first;
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the connection is closed'));
        waiting = { resolve, reject };
        socket.write(request);
      }),
    whenOpen: async () => void (await once(socket, 'connect')),
    isOpen: () => !socket.destroyed && socket.readyState === 'open',
    close: () => void socket.destroy(),
  };
};

const connectingAtOnce = 100;

/** So many, all connected; few at a time, so that a server's backlog has room for them. @throws Error when one is refused */
export const openConnections = async (origin: string, count: number): Promise<PlainConnection[]> => {
  const connections: PlainConnection[] = [];
  while (connections.length < count) {
    const batch = Array.from({ length: Math.min(connectingAtOnce, count - connections.length) }, () =>
      createConnection(origin),
    );
    connections.push(...batch);
    await Promise.all(batch.map(({ whenOpen }) => whenOpen()));
  }
  return connections;
};
