import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Everything the server sent until the connection was over, and the error code if it was not over in peace. */
export interface RawAnswer {
  readonly text: string;
  readonly errorCode: string | undefined;
}

/** Sends one request with `Connection: close` and reads the bytes of the answer, whatever they are. */
export async function callRaw(url: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
  const socket = openRaw(url, { ...headers, Connection: 'close' });
  const chunks: Buffer[] = [];
  let errorCode: string | undefined;
  socket.on('data', (bytes: Buffer) => chunks.push(bytes));
  socket.on('error', (error: NodeJS.ErrnoException) => (errorCode = error.code));
  await new Promise((resolve) => socket.once('close', resolve));
  return { text: Buffer.concat(chunks).toString('latin1'), errorCode };
}

/** The first bytes of an answer that may never end. */
export async function firstBytes(socket: Socket): Promise<string> {
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  return bytes.toString('latin1');
}

/** Sends one GET and leaves the rest to the caller. */
export function openRaw(url: string, headers: Readonly<Record<string, string>> = {}): Socket {
  const { hostname, port, pathname, search, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  const fields = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${fields.join('')}\r\n`);
  return socket;
}
