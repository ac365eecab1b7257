import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ask } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { GuestbookModule } from './inbound/guestbook.module.ts';

interface Plain {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

let breakwater: TestApp;
let plain: string;

beforeAll(async () => {
  breakwater = await createApp({ imports: [GuestbookModule] });
  plain = (await ask(`${breakwater.url}/api/v1/guestbook`, { headers: { 'accept-encoding': 'identity' } })).text;
});
afterAll(() => breakwater.close());

/** The bytes as they travel: `fetch` would unpack them. */
const get = (path: string, acceptEncoding?: string): Promise<Plain> =>
  new Promise((resolve, reject) => {
    const headers = acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding };
    request(breakwater.url + path, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });

describe('an answer of some size', () => {
  it.each([
    ['br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['zstd, gzip', 'gzip', gunzipSync],
  ])('for a caller that accepts %s is sent as %s', async (accepted, encoding, unpack) => {
    const { headers, body } = await get('/api/v1/guestbook', accepted);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['vary']).toMatch(/accept-encoding/i);
    expect(unpack(body).toString()).toBe(plain);
    expect(body.length).toBeLessThan(plain.length / 4);
    expect(headers['content-length'] ?? String(body.length)).toBe(String(body.length));
  });

  it.each([undefined, 'identity', 'deflate', 'zstd', 'gzip;q=0'])(
    'for a caller that accepts %s is sent as it is',
    async (accepted) => {
      const { status, headers, body } = await get('/api/v1/guestbook', accepted);
      expect(status).toBe(200);
      expect(headers['content-encoding']).toBeUndefined();
      expect(body.toString()).toBe(plain);
    },
  );

  it('tells caches that it depends on what the caller accepts, also when it is sent as it is', async () => {
    expect((await get('/api/v1/guestbook', 'identity')).headers['vary']).toMatch(/accept-encoding/i);
    expect((await get('/api/v1/guestbook')).headers['vary']).toMatch(/accept-encoding/i);
  });
});

describe('a small answer', () => {
  it.each(['/health/live', '/nowhere'])('is left alone: %s', async (path) => {
    const { headers, body } = await get(path, 'br, gzip');
    expect(headers['content-encoding']).toBeUndefined();
    expect(() => JSON.parse(body.toString()) as unknown).not.toThrow();
  });
});
