import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import type { Reply } from './call.ts';
import { ACCEPTED_ENCODINGS, decompress } from './decompress.ts';

const PACKED = buildReply(200, { 'content-encoding': 'gzip', 'content-length': '9' }, gzipSync('unpacked'));

const receive = (acceptEncoding: string | string[] | undefined, reply = PACKED): Promise<Reply> =>
  decompress()(scripted(reply).send)(buildCall({ headers: { 'accept-encoding': acceptEncoding } }));

describe('decompress', () => {
  it.each(['gzip', 'identity', 'br, gzip', '', ['gzip', 'br']])(
    'leaves a body as it came to whoever asked for encodings of their own: %j',
    async (own) => {
      expect(await receive(own)).toBe(PACKED);
    },
  );

  it('leaves it so even where nobody could read it', async () => {
    const strange = buildReply(200, { 'content-encoding': 'aes128gcm' }, 'x');
    expect(await receive('aes128gcm', strange)).toBe(strange);
  });

  it.each([undefined, ACCEPTED_ENCODINGS])('undoes what we asked for ourselves: %j', async (ours) => {
    const { headers, body } = await receive(ours);
    expect([headers, body.toString()]).toEqual([{}, 'unpacked']);
  });
});
