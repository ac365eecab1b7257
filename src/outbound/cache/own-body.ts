/**
 * `body` in memory of its own size. What comes from a socket is often a slice of a 64 KiB block, which would be kept
 * whole for as long as the slice is.
 */
export const toOwnBody = (body: Buffer): Buffer => {
  if (body.buffer.byteLength === body.byteLength) return body;
  const own = Buffer.allocUnsafeSlow(body.byteLength);
  body.copy(own);
  return own;
};
