import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { startPokeApi, type PokeApiStandIn } from './pokeapi.stand-in.ts';

let api: PokeApiStandIn;
let other: PokeApiStandIn | undefined;

beforeAll(async () => {
  api = await startPokeApi();
});
afterEach(async () => {
  await other?.close();
  other = undefined;
});
afterAll(() => api.close());

/** node:http, because fetch asks for gzip and unpacks it unasked. */
async function call(path: string, headers: Record<string, string> = {}) {
  const [response] = (await once(get(api.url + path, { headers }), 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

describe('the PokeAPI stand-in over HTTP', () => {
  it('says how long its documents may be cached', async () => {
    const { status, headers } = await call('/pokemon/6');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=86400, s-maxage=86400',
      vary: 'Accept-Encoding',
    });
    expect(headers.etag).toMatch(/^W\/".+"$/);
  });

  it.each(['/pokemon/charizard', '/pokemon/CHARIZARD', '/pokemon/charizard/', '/pokemon/6/'])(
    'takes %s for charizard',
    async (path) => {
      const { body } = await call(path);
      expect(JSON.parse(body.toString())).toMatchObject({ id: 6, name: 'charizard' });
    },
  );

  it('compresses only for clients that ask for gzip', async () => {
    const plain = await call('/pokemon/6');
    const refused = await call('/pokemon/6', { 'accept-encoding': 'br, gzip;q=0' });
    const gzip = await call('/pokemon/6', { 'accept-encoding': 'br, gzip;q=0.5' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(refused.headers['content-encoding']).toBeUndefined();
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gzip.body.length).toBeLessThan(plain.body.length / 10);
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  });

  it('answers 304 without a body to the tag it gave out, and 200 to another', async () => {
    const { headers } = await call('/pokemon/6');
    const same = await call('/pokemon/6', { 'if-none-match': `"other", ${headers.etag}` });
    expect(same.status).toBe(304);
    expect(same.body).toHaveLength(0);
    expect(same.headers).toMatchObject({ etag: headers.etag, 'cache-control': headers['cache-control'] });
    expect((await call('/pokemon/6', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('does not know missingno, for five days', async () => {
    const { status, headers, body } = await call('/pokemon/missingno');
    expect([status, body.toString()]).toEqual([404, 'Not Found']);
    expect(headers['cache-control']).toBe('public, max-age=432000');
    expect(headers['content-type']).toMatch(/^text\/plain/);
  });

  it.each(['/digimon', '/digimon/1', '/', '/pokemon/6/forms', '//'])('calls %s a bad request', async (path) => {
    const { status, body } = await call(path);
    expect([status, body.toString()]).toEqual([400, 'Bad Request']);
  });

  it('answers HEAD without a body and refuses to write', async () => {
    const head = await fetch(`${api.url}/pokemon/6`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const post = await fetch(`${api.url}/pokemon/6`, { method: 'POST', body: '{}' });
    expect([post.status, await post.text()]).toEqual([405, 'Method Not Allowed']);
  });

  it('remembers what it was asked', async () => {
    await call('/pokemon/25?fresh=1', { 'x-trace': 'abc' });
    expect(api.requests.at(-1)).toMatchObject({ method: 'GET', path: '/api/v2/pokemon/25?fresh=1' });
    expect(api.requests.at(-1)?.headers['x-trace']).toBe('abc');
  });
});

describe('the options of the PokeAPI stand-in', () => {
  it('delays documents and unknown resources each by their own latency', async () => {
    other = await startPokeApi({ latencyMs: 60_000, notFoundLatencyMs: 1 });
    expect((await fetch(`${other.url}/pokemon/missingno`)).status).toBe(404);
    await expect(fetch(`${other.url}/pokemon/6`, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  });

  it('counts the clients that went away before their answer', async () => {
    other = await startPokeApi({ latencyMs: 60_000 });
    const request = get(`${other.url}/pokemon/6`).on('error', () => undefined);
    while (other.requests.length === 0) await new Promise(setImmediate);
    expect(other.abortedRequests).toBe(0);
    request.destroy();
    while (other.abortedRequests === 0) await new Promise(setImmediate);
    expect(other.abortedRequests).toBe(1);
  });

  it('can make charizard as large as the real one, and say something else about caching', async () => {
    other = await startPokeApi({ padCharizardToBytes: 371_434, cacheControl: 'no-store' });
    const response = await fetch(`${other.url}/pokemon/6`);
    const { length } = await response.text();
    expect(length).toBeGreaterThanOrEqual(371_434);
    expect(length).toBeLessThan(371_434 + 300);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});
