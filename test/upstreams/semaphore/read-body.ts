import type { IncomingMessage } from 'node:http';

const AT_MOST_BYTES = 1_048_576;

/** Text as it came; undefined as soon as it is more than a mebibyte, or when the caller went away. It can be answered either way. */
export const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > AT_MOST_BYTES) return undefined;
      pieces.push(piece);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(pieces).toString();
};
