const pieceCount = 64;
const pieceBytes = 16_384;
const lineBytes = 64;

const toPiece = (_: unknown, index: number): string =>
  `${index}\n`.padStart(lineBytes, '.').repeat(pieceBytes / lineBytes);

/** What a streamed answer of 1 MB is made of: pieces of 16 KB each. */
export const pieces: readonly string[] = Array.from({ length: pieceCount }, toPiece);
