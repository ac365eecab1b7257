import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { callError } from '../errors/call-error.ts';
import { codeOf } from '../errors/transport-failure.ts';
import type { Call, Reply, Send, Stage } from './call.ts';

type Decoder = (body: Buffer, limits: { maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
  ['zstd', promisify(zstdDecompress)],
]);

/** What `decompress` understands, best first. */
export const ACCEPTED_ENCODINGS = 'gzip, br, zstd, deflate';

/**
 * Undoes the Content-Encoding of answers, never beyond the size an answer may have (RFC 9110 §8.4). Who sends an
 * `Accept-Encoding` of their own gets the body as it came.
 */
export const decompress = (): Stage => (next) => (call) => {
  const asked = call.headers['accept-encoding'];
  return call.streams || (asked !== undefined && asked !== ACCEPTED_ENCODINGS) ? next(call) : decompressed(next, call);
};

const decompressed = async (next: Send, call: Call): Promise<Reply> => {
  const reply = await next(call);
  const encoding = String(reply.headers['content-encoding'] ?? 'identity')
    .trim()
    .toLowerCase();
  return encoding === 'identity' || reply.body.length === 0 ? reply : decode(call, reply, encoding);
};

const decode = async (call: Call, reply: Reply, encoding: string): Promise<Reply> => {
  const decoder = DECODERS.get(encoding);
  if (!decoder) return withoutBody(call, reply, 'its content encoding is not one we asked for');
  const { maxResponseBytes } = call.operation;
  try {
    const body = await decoder(reply.body, { maxOutputLength: maxResponseBytes });
    const { 'content-encoding': _encoding, 'content-length': _length, ...headers } = reply.headers;
    return { status: reply.status, headers, body };
  } catch (error) {
    const isTooLarge = codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
    const tooLarge = `the answer is larger than ${maxResponseBytes} bytes`;
    return withoutBody(call, reply, isTooLarge ? tooLarge : `the body is not ${encoding}: ${codeOf(error)}`);
  }
};

/** Of an error, the status is enough; any other answer is of no use without its body. */
const withoutBody = (call: Call, reply: Reply, reason: string): Reply => {
  const { status } = reply;
  if (status >= 400) return { ...reply, body: Buffer.alloc(0) };
  throw callError(call, { code: 'upstream_invalid_answer', reason, status, transient: false });
};
