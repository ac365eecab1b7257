import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

const FRESH = { 'cache-control': 'max-age=60' };
const AT_ONCE = 10;

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

describe('a cookie that the upstream sets', () => {
  it('is passed on to who asked, and to nobody else', async () => {
    const thing = proxied.origin.serve({ headers: { ...FRESH, 'set-cookie': ['a=1', 'b=2'] } });
    const [first, second] = [await proxied.get(thing), await proxied.get(thing)];
    expect([first.headers['set-cookie'], second.headers['set-cookie']]).toEqual([['a=1', 'b=2'], undefined]);
    expect(second.body).toBe('1');
  });

  it('is passed on to one only of those who ask at once', async () => {
    const thing = proxied.origin.serve({ headers: { ...FRESH, 'set-cookie': 'session=1' }, latencyMs: 100 });
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => proxied.get(thing)));
    expect(answers.filter(({ headers }) => headers['set-cookie'] !== undefined)).toHaveLength(1);
  });

  it('is not stored either when it comes with a 304', async () => {
    const thing = proxied.origin.serve(
      { headers: { ...FRESH, etag: '"1"' } },
      { status: 304, headers: { 'set-cookie': 'a=1' } },
    );
    await proxied.get(thing);
    await proxied.pass(61);
    await proxied.get(thing);
    expect((await proxied.get(thing)).headers['set-cookie']).toBeUndefined();
    expect(thing.requests).toHaveLength(2);
  });
});

describe('what a caller’s credential brought', () => {
  const credentials = [{ authorization: 'Bearer a' }, { cookie: 'session=1' }];

  it.each(credentials)('is for that caller only: %j', async (headers) => {
    const thing = proxied.origin.serve({ headers: FRESH });
    const bodies = [await proxied.get(thing, headers), await proxied.get(thing, headers), await proxied.get(thing)];
    expect(bodies.map(({ body }) => body)).toEqual(['1', '2', '3']);
    expect((await proxied.get(thing)).body).toBe('3');
  });

  it.each(credentials)('is not shared with those who ask at the same time: %j', async (headers) => {
    const thing = proxied.origin.serve({ headers: FRESH, latencyMs: 50 });
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => proxied.get(thing, headers)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(AT_ONCE);
  });

  it.each(['public, max-age=60', 's-maxage=60', 'max-age=60, must-revalidate'])(
    'is for others, when the upstream says so: %s',
    async (cacheControl) => {
      for (const credential of credentials) {
        const thing = proxied.origin.serve({ headers: { 'cache-control': cacheControl } });
        await proxied.get(thing, credential);
        expect((await proxied.get(thing)).body).toBe('1');
      }
    },
  );

  it.each(['max-age=60', 'max-age=60, proxy-revalidate', 'max-age=60, immutable', 'private, s-maxage=60'])(
    'is not for others, when the upstream does not quite say so: %s',
    async (cacheControl) => {
      const thing = proxied.origin.serve({ headers: { 'cache-control': cacheControl } });
      await proxied.get(thing, { authorization: 'Bearer a' });
      expect((await proxied.get(thing)).body).toBe('2');
    },
  );

  it('does not keep others from what is for all', async () => {
    const thing = proxied.origin.serve({ headers: { ...FRESH, vary: 'authorization' } });
    await proxied.get(thing);
    await proxied.get(thing, { authorization: 'Bearer a' });
    expect((await proxied.get(thing)).body).toBe('1');
  });
});

describe('fields that are for one caller', () => {
  it.each(['private', 'no-cache'])('are given to one only of those who ask at once: %s', async (directive) => {
    const headers = { 'cache-control': `max-age=60, ${directive}="x-user"`, 'x-user': 'ann' };
    const thing = proxied.origin.serve({ headers, latencyMs: 100 });
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => proxied.get(thing)));
    expect(answers.filter((answer) => answer.headers['x-user'] !== undefined)).toHaveLength(1);
  });
});

describe('what concerns one connection', () => {
  it('is not stored', async () => {
    const hop = { 'keep-alive': 'timeout=1', 'proxy-authenticate': 'Basic', trailer: 'x-t', upgrade: 'h2c' };
    const own = { connection: 'X-Hop, keep-alive', 'x-hop': 'a', 'x-end': 'b', 'content-length': undefined };
    const headers = { ...FRESH, ...hop, ...own };
    const thing = proxied.origin.serve({ headers });
    await proxied.get(thing);
    const stored = (await proxied.get(thing)).headers;
    for (const name of ['x-hop', 'proxy-authenticate', 'trailer', 'upgrade']) expect(stored).not.toHaveProperty(name);
    expect([stored['x-end'], thing.requests.length]).toEqual(['b', 1]);
  });
});

describe('an interim answer', () => {
  it('is passed on to who waits, and not stored', async () => {
    const thing = proxied.origin.serve({ headers: FRESH, earlyHints: true });
    const [first, second] = [await proxied.get(thing), await proxied.get(thing)];
    expect([first.interim, first.status, first.body]).toEqual([[103], 200, '1']);
    expect([second.interim, second.status, second.body]).toEqual([[], 200, '1']);
  });

  it('makes nobody ask alone', async () => {
    const thing = proxied.origin.serve({ headers: FRESH, earlyHints: true, latencyMs: 50 });
    await Promise.all(Array.from({ length: AT_ONCE }, () => proxied.get(thing)));
    expect(thing.requests).toHaveLength(1);
  });
});
