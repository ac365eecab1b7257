import { RequestTimeoutException } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { RequestBody, type RequestBodyParts } from './request-body.ts';

/** As long as all bodies that are not streamed may take: one that comes byte by byte holds a place, and its upstream hears nothing. */
const WITHIN_MS = 60_000;

/**
 * All of a body that is known to be small, for requests that may be sent twice. Fails as `RequestBody` does, and with 408
 * when it takes longer than a minute.
 */
export const readSmallBody = (incoming: IncomingMessage, parts: RequestBodyParts): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const body = new RequestBody(incoming, parts);
    const cancel = parts.clock.schedule(() => {
      reject(new RequestTimeoutException('The request took too long to arrive'));
      body.destroy();
    }, WITHIN_MS);
    body.once('close', cancel);
    body.on('data', (chunk: Buffer) => chunks.push(chunk));
    body.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    body.once('error', reject);
  });
