import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { codeOf } from '../errors/transport-failure.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Reply, Stage } from './call.ts';

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

/** Undoes the Content-Encoding of answers, never beyond the size an answer may have (RFC 9110 §8.4). */
export const decompress = (): Stage => (next) => async (call) => {
  const reply = await next(call);
  const encoding = String(reply.headers['content-encoding'] ?? 'identity')
    .trim()
    .toLowerCase();
  return encoding === 'identity' || reply.body.length === 0 ? reply : decode(call, reply, encoding);
};

const decode = async (call: Call, reply: Reply, encoding: string): Promise<Reply> => {
  const decoder = DECODERS.get(encoding);
  if (!decoder) throw unreadable(call, reply, 'its content encoding is not one we asked for');
  try {
    const body = await decoder(reply.body, { maxOutputLength: call.operation.maxResponseBytes });
    const { 'content-encoding': _encoding, 'content-length': _length, ...headers } = reply.headers;
    return { status: reply.status, headers, body };
  } catch (error) {
    const isTooLarge = codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
    throw unreadable(call, reply, isTooLarge ? tooLarge(call) : `the body is not ${encoding}: ${codeOf(error)}`);
  }
};

const tooLarge = ({ operation }: Call): string => `the answer is larger than ${operation.maxResponseBytes} bytes`;

const unreadable = ({ provider, operation }: Call, { status }: Reply, reason: string): UpstreamError =>
  new UpstreamError({
    code: 'upstream_invalid_answer',
    provider,
    operation: operation.name,
    reason,
    status,
    transient: false,
  });
