import type { ServerResponse } from 'node:http';
import type { Answer, Shape } from './answer.ts';

/** node:http leaves the body of a HEAD out by itself. */
export const writeAnswer = (response: ServerResponse, { headers }: Shape, { status, body }: Answer): void => {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length }).end(bytes);
};

/** Announces the whole answer, sends the first half of it, and is gone. */
export const cutAnswer = (response: ServerResponse, { headers }: Shape, { status, body }: Answer): void => {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
};
