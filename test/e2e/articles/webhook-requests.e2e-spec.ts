import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { speak, type RawAnswer } from '../../support/raw-http.ts';
import { startCmsScene, WEBHOOK_SECRET, type CmsScene } from './cms-scene.ts';

let scene: CmsScene;
let body: string;
beforeAll(async () => {
  scene = await startCmsScene({ kind: 'strapi' });
  body = JSON.stringify(scene.cms.webhookBody('entry.update', 'how-a-breakwater-works'));
});
afterAll(() => scene.close());

/** As it stands, however no CMS would write it. */
const post = (headers: readonly string[], content: string): Promise<RawAnswer> =>
  speak(
    scene.breakwater.url,
    [
      'POST /api/v1/webhooks/cms HTTP/1.1',
      'Host: breakwater',
      'Connection: close',
      'Content-Type: application/json',
      'X-Strapi-Event: entry.update',
      ...headers,
      '',
      content,
    ].join('\r\n'),
  );

const SECRET = `X-Webhook-Secret: ${WEBHOOK_SECRET}`;
const lengthOf = (content: string): string => `Content-Length: ${Buffer.byteLength(content, 'latin1')}`;

describe('the webhook', () => {
  it('takes a body in chunks', async () => {
    const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    expect((await post([SECRET, 'Transfer-Encoding: chunked'], chunked)).status).toBe(204);
  });

  it('does not unpack: a compressed body is refused', async () => {
    const packed = gzipSync(body).toString('latin1');
    const { status } = await post([SECRET, 'Content-Encoding: gzip', lengthOf(packed)], packed);
    expect([400, 415]).toContain(status);
  });

  it.each([
    ['twice', [SECRET, SECRET]],
    ['beside a wrong one', [SECRET, 'X-Webhook-Secret: another one altogether']],
    ['after a wrong one', ['X-Webhook-Secret: another one altogether', SECRET]],
    ['in another case', [SECRET.replace('known', 'KNOWN')]],
    ['with more', [`${SECRET}!`]],
    ['cut short', [SECRET.slice(0, -1)]],
  ])('is not for who gives the secret %s', async (_how, headers) => {
    expect((await post([...headers, lengthOf(body)], body)).status).toBe(401);
  });

  it('refuses a stranger before the body has come', async () => {
    const { status } = await post(['Content-Length: 1000000'], 'x');
    expect(status).toBe(401);
  });
});
