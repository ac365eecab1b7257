/** What the server's parser found wrong, and in what it read last. */
export interface ParserError extends Error {
  readonly code?: string;
  readonly rawPacket?: unknown;
  readonly bytesParsed?: number;
}

const NAME = 'authorization:';

/**
 * Whether headers that are too large for the server are so by their Authorization: what is told apart is the header in
 * which the server gave up. False when that one began in a packet before.
 */
export const isTokenOverflow = ({ code, rawPacket, bytesParsed = 0 }: ParserError): boolean => {
  if (code !== 'HPE_HEADER_OVERFLOW' || !Buffer.isBuffer(rawPacket)) return false;
  const lineStart = rawPacket.lastIndexOf('\n', Math.max(0, bytesParsed - 2)) + 1;
  return rawPacket.toString('latin1', lineStart, lineStart + NAME.length).toLowerCase() === NAME;
};
