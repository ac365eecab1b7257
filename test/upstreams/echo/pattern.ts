import { createHash } from 'node:crypto';

/** A prime number: pieces that are lost, repeated or out of order do not fit any more. */
const PERIOD = 65_521;

/** One period of what `/bytes` sends over and over. */
export const PATTERN: Buffer = Buffer.from(Uint8Array.from({ length: PERIOD }, (_, at) => at * 167 + (at >> 8) * 13));

/** Exactly what `/bytes/<length>` sends, in pieces, as often as it is iterated. */
export function* patternPieces(length: number): Generator<Buffer> {
  for (let left = length; left > 0; left -= PERIOD) yield left < PERIOD ? PATTERN.subarray(0, left) : PATTERN;
}

export function sha256OfPattern(length: number): string {
  const hash = createHash('sha256');
  for (const piece of patternPieces(length)) hash.update(piece);
  return hash.digest('hex');
}
