import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends these very bytes on a connection of their own and reads the answer until the other side closes. */
export const speak = async (url: string, bytes: string): Promise<RawAnswer> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A reset is an end as well: what came before it is the answer.
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  await new Promise((resolve) => socket.once('close', resolve));
  return read(Buffer.concat(chunks).toString('utf8'));
};

/** One request without a body whose target is sent as it stands: no client normalises it. */
export const askRaw = (
  url: string,
  target: string,
  { Host = 'test', ...headers }: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> => {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return speak(url, `GET ${target} HTTP/1.1\r\nHost: ${Host}\r\nConnection: close\r\n${fields.join('')}\r\n`);
};

const read = (text: string): RawAnswer => {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, text: rest.join('\r\n\r\n') };
};
