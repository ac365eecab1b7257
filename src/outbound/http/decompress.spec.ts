import { describe, expect, it } from '@jest/globals';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { Reply } from './call.ts';
import { ACCEPTED_ENCODINGS, decompress } from './decompress.ts';

const TEXT = JSON.stringify({ ok: true, filler: 'x'.repeat(500) });
const MAX_BYTES = 1_000;

const ENCODINGS = [
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['deflate', deflateSync],
] as const;
const NAMES = ENCODINGS.map(([name]) => name);

const receive = (encoding: string | undefined, body: string | Buffer, status = 200): Promise<Reply> =>
  decompress()(
    scripted(buildReply(status, { 'content-encoding': encoding, 'content-length': '1', etag: '"1"' }, body)).send,
  )(buildCall({ operation: { maxResponseBytes: MAX_BYTES } }));

describe('decompress, when the body is not what it says it is', () => {
  it.each(NAMES)('refuses a body that was never %s', async (encoding) => {
    const refused = await rejectionOf(receive(encoding, 'never compressed'));
    expect(refused).toMatchObject({ code: 'upstream_invalid_answer', transient: false, status: 200 });
    expect(refused).toMatchObject({ reason: expect.stringContaining(`the body is not ${encoding}`) });
  });

  it.each(ENCODINGS)('refuses half a %s body', async (encoding, compress) => {
    const whole = compress(TEXT);
    const refused = rejectionOf(receive(encoding, whole.subarray(0, whole.length / 2)));
    expect(await refused).toMatchObject({ code: 'upstream_invalid_answer', transient: false });
  });

  it.each(ENCODINGS)('stops unpacking a %s bomb at the size an answer may have', async (encoding, compress) => {
    const refused = await rejectionOf(receive(encoding, compress(Buffer.alloc(20_000_000))));
    expect(refused).toMatchObject({
      code: 'upstream_invalid_answer',
      reason: `the answer is larger than ${MAX_BYTES} bytes`,
    });
  });

  it.each(['compress', 'gzip, br', 'aes128gcm', 'toString', ''])('refuses the encoding %j', async (encoding) => {
    expect(await rejectionOf(receive(encoding, 'x'))).toMatchObject({
      code: 'upstream_invalid_answer',
      reason: 'its content encoding is not one we asked for',
    });
  });
});

describe('decompress', () => {
  it.each(ENCODINGS)('undoes %s, and the headers that described the packed body', async (encoding, compress) => {
    const { status, headers, body } = await receive(encoding, compress(TEXT));
    expect([status, headers, body.toString()]).toEqual([200, { etag: '"1"' }, TEXT]);
  });

  it.each(NAMES)('asks for %s', (encoding) => expect(ACCEPTED_ENCODINGS.split(', ')).toContain(encoding));

  it.each(['GZIP', ' gzip ', 'x-gzip'])('takes %j for gzip', async (encoding) => {
    expect((await receive(encoding, gzipSync(TEXT))).body.toString()).toBe(TEXT);
  });

  it('takes an answer of just the allowed size', async () => {
    expect((await receive('gzip', gzipSync(Buffer.alloc(MAX_BYTES)))).body).toHaveLength(MAX_BYTES);
    expect(await rejectionOf(receive('gzip', gzipSync(Buffer.alloc(MAX_BYTES + 1))))).toMatchObject({
      code: 'upstream_invalid_answer',
    });
  });

  it.each([undefined, 'identity', 'Identity'])('leaves a body with the encoding %j as it is', async (encoding) => {
    expect((await receive(encoding, TEXT)).body.toString()).toBe(TEXT);
  });

  it('leaves an empty body alone, as HEAD and 304 have it', async () => {
    expect((await receive('gzip', '', 304)).body).toHaveLength(0);
  });

  it('passes failures on', async () => {
    const reset = failure();
    expect(await rejectionOf(decompress()(scripted(reset).send)(buildCall()))).toBe(reset);
  });
});
