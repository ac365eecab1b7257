import { createHash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { Exchange } from './exchange.ts';

/** Reads the body as fast as it comes. False: the client broke off. */
export async function readBody({ request, arrival }: Exchange): Promise<boolean> {
  request.on('data', (piece: Buffer) => arrival.addBody(piece));
  return finished(request, { writable: false }).then(
    () => true,
    () => false,
  );
}

export interface BodyDigest {
  readonly bytes: number;
  readonly sha256: string;
}

/** Reads the body piece by piece, each once `before` lets it. @throws Error when the client breaks off */
export async function digestBody({ request, arrival }: Exchange, before: () => Promise<void>): Promise<BodyDigest> {
  const hash = createHash('sha256');
  await before();
  for await (const piece of request as AsyncIterable<Buffer>) {
    arrival.addBody(piece);
    hash.update(piece);
    await before();
  }
  return { bytes: arrival.bodyBytes, sha256: hash.digest('hex') };
}
