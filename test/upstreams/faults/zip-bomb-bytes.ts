import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';

const MEBIBYTE = 1024 * 1024;
const PLAIN_MEBIBYTES = 64;

let compressed: Promise<Buffer> | undefined;

/** Some 64 KiB of gzip that unpack to a JSON string of 64 MiB and two quotes; made once, a piece at a time. */
export function zipBombBytes(): Promise<Buffer> {
  compressed ??= buffer(Readable.from(plainPieces()).pipe(createGzip({ level: 9 })));
  return compressed;
}

function* plainPieces(): Generator<Buffer> {
  const piece = Buffer.alloc(MEBIBYTE, 'z');
  yield Buffer.from('"');
  for (let count = 0; count < PLAIN_MEBIBYTES; count += 1) yield piece;
  yield Buffer.from('"');
}
