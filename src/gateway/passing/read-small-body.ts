import type { IncomingMessage } from 'node:http';
import { RequestBody, type RequestBodyParts } from './request-body.ts';

/** All of a body that is known to be small, for requests that may be sent twice. Fails as `RequestBody` does. */
export const readSmallBody = (incoming: IncomingMessage, parts: RequestBodyParts): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const body = new RequestBody(incoming, parts);
    body.on('data', (chunk: Buffer) => chunks.push(chunk));
    body.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    body.once('error', reject);
  });
