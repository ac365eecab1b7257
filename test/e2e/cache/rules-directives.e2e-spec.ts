import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OriginAnswer, Resource } from '../../upstreams/origin.stand-in.ts';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

type Headers = NonNullable<OriginAnswer['headers']>;

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

/** Asks twice, and tells how many upstream calls that took. */
const callsFor = async (answer: OriginAnswer, asked: Record<string, string> = {}): Promise<number> => {
  const thing = proxied.origin.serve(answer);
  await proxied.get(thing, asked);
  await proxied.get(thing);
  return thing.requests.length;
};

const servedStale = async (cacheControl: string, asked: string): Promise<boolean> => {
  const thing = await serveAged({ 'cache-control': cacheControl, etag: '"1"' }, 70);
  await proxied.get(thing, { 'cache-control': asked });
  return thing.requests.length === 1;
};

/** A resource that was asked for once, so long ago. */
const serveAged = async (headers: Headers, seconds: number): Promise<Resource> => {
  const thing = proxied.origin.serve({ headers }, { headers, body: 'again' });
  await proxied.get(thing);
  await proxied.pass(seconds);
  return thing;
};

describe('what the upstream says', () => {
  it.each([
    ['no-store', 2],
    ['no-store, max-age=60', 2],
    ['NO-STORE, max-age=60', 2],
    ['max-age=60, no-store="x"', 2],
    ['private, max-age=60', 2],
    ['private, s-maxage=60', 2],
    ['private="", max-age=60', 2],
    ['no-cache, max-age=60', 2],
    ['no-cache="", max-age=60', 2],
    ['must-revalidate, max-age=60', 1],
    ['immutable, max-age=60', 1],
    ['max-age=60, unheard-of=1', 1],
    ['max-age=60, x="no-store, private"', 1],
    ['must-understand, no-store, max-age=60', 1],
  ])('is obeyed: %s makes %d calls of two', async (cacheControl, calls) => {
    expect(await callsFor({ headers: { 'cache-control': cacheControl } })).toBe(calls);
  });

  it('must be understood: no status is kept whose rules are not known', async () => {
    const headers = { 'cache-control': 'must-understand, no-store, max-age=60' };
    expect(await callsFor({ status: 299, headers })).toBe(2);
    expect(await callsFor({ status: 299, headers: { 'cache-control': 'max-age=60' } })).toBe(1);
  });

  it.each(['no-cache', 'private'])('concerns single fields, when they are named: %s', async (directive) => {
    const cacheControl = `max-age=60, ${directive}="X-Own, x-other"`;
    const headers = { 'cache-control': cacheControl, 'x-own': 'a', 'x-other': 'b', 'x-rest': 'c' };
    const thing = proxied.origin.serve({ headers });
    expect((await proxied.get(thing)).headers).toMatchObject(headers);
    const again = await proxied.get(thing);
    expect([again.headers['x-own'], again.headers['x-other'], again.headers['x-rest']]).toEqual([
      undefined,
      undefined,
      'c',
    ]);
    expect(thing.requests).toHaveLength(1);
  });
});

describe('what the caller says', () => {
  it('is no-store: nothing is kept of the answer', async () => {
    expect(await callsFor({ headers: { 'cache-control': 'max-age=60' } }, { 'cache-control': 'no-store' })).toBe(2);
  });

  it('is no-store: others lose nothing by it', async () => {
    const thing = await serveAged({ 'cache-control': 'max-age=60', etag: '"1"' }, 61);
    await proxied.get(thing, { 'cache-control': 'no-store' });
    await proxied.get(thing);
    expect(thing.requests[2]!.headers['if-none-match']).toBe('"1"');
  });

  it('is no-store: others still share one call', async () => {
    const thing = proxied.origin.serve({ headers: { 'cache-control': 'max-age=60' }, latencyMs: 100 });
    await proxied.get(thing, { 'cache-control': 'no-store' });
    await Promise.all(Array.from({ length: 10 }, () => proxied.get(thing)));
    expect(thing.requests).toHaveLength(2);
  });

  it.each([
    ['no-cache', { 'cache-control': 'no-cache' }],
    ['no-cache of old', { pragma: 'no-cache' }],
    ['max-age=0', { 'cache-control': 'max-age=0' }],
    ['a max-age that it is older than', { 'cache-control': 'max-age=9' }],
    ['a max-age that is no number', { 'cache-control': 'max-age=x' }],
    ['min-fresh for longer than it is', { 'cache-control': 'min-fresh=51' }],
  ])('is that what is stored will not do: %s', async (_what, asked) => {
    const thing = await serveAged({ 'cache-control': 'max-age=60' }, 10);
    expect((await proxied.get(thing, asked)).body).toBe('again');
    expect((await proxied.get(thing)).body).toBe('again');
  });

  it.each([
    { 'cache-control': 'max-age=10' },
    { 'cache-control': 'min-fresh=50' },
    { 'cache-control': 'max-age=10', pragma: 'no-cache' },
    { 'cache-control': 'only-if-cached' },
    { 'cache-control': 'max-stale' },
    { 'cache-control': 'unheard-of' },
  ])('is that what is stored will do: %j', async (asked) => {
    const thing = await serveAged({ 'cache-control': 'max-age=60' }, 10);
    expect((await proxied.get(thing, asked)).body).toBe('1');
  });

  it.each([
    ['max-age=60', 'max-stale', true],
    ['max-age=60', 'max-stale=10', true],
    ['max-age=60', 'max-stale=9', false],
    ['max-age=60', 'max-stale=x', false],
    ['max-age=60', 'max-stale, max-age=69', false],
    ['max-age=60', 'max-age=100', false],
    ['max-age=60, must-revalidate', 'max-stale', false],
    ['max-age=60, proxy-revalidate', 'max-stale', false],
    ['s-maxage=60', 'max-stale', false],
    ['max-age=60, no-cache', 'max-stale', false],
  ])('and what the upstream says, %s, decide on stale answers: %s, %p', async (cacheControl, asked, expected) => {
    expect(await servedStale(cacheControl, asked)).toBe(expected);
  });

  it('is only-if-cached: 504 for what is not, and the upstream is not asked', async () => {
    const thing = proxied.origin.serve({});
    expect((await proxied.get(thing, { 'cache-control': 'only-if-cached' })).status).toBe(504);
    const stale = await serveAged({ 'cache-control': 'max-age=60', etag: '"1"' }, 61);
    expect((await proxied.get(stale, { 'cache-control': 'only-if-cached' })).status).toBe(504);
    expect([thing.requests.length, stale.requests.length]).toEqual([0, 1]);
  });
});
