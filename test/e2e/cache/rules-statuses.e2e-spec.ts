import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OriginAnswer } from '../../upstreams/origin.stand-in.ts';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

type Headers = NonNullable<OriginAnswer['headers']>;

const A_TTL = { cacheTtlMs: 60_000 };

let proxied: ProxiedOrigin;
let keeping: ProxiedOrigin;
beforeAll(async () => {
  [proxied, keeping] = [await startProxiedOrigin(), await startProxiedOrigin(A_TTL)];
});
afterAll(async () => {
  await proxied.close();
  await keeping.close();
});

/** How many upstream calls it takes to answer twice, with so many seconds in between. */
const callsFor = async (by: ProxiedOrigin, answer: OriginAnswer, secondsBetween = 0): Promise<number> => {
  const thing = by.origin.serve(answer);
  const first = await by.get(thing);
  await by.pass(secondsBetween);
  const second = await by.get(thing);
  expect([first.status, second.status]).toEqual([answer.status ?? 200, answer.status ?? 200]);
  if (thing.requests.length === 1) expect(second.body).toBe(first.body);
  return thing.requests.length;
};

describe('an answer that says how long it is good for', () => {
  it.each([200, 203, 204, 299, 300, 301, 302, 307, 308, 400, 403, 404, 405, 410, 414, 451, 500, 501, 503, 599])(
    'is kept for that time: %d',
    async (status) => {
      const answer = { status, headers: { 'cache-control': 'max-age=60' } };
      expect([await callsFor(proxied, answer, 59), await callsFor(proxied, answer, 60)]).toEqual([1, 2]);
    },
  );

  it.each([206, 304])('is not kept when it is not whole: %d', async (status) => {
    expect(await callsFor(proxied, { status, headers: { 'cache-control': 'max-age=60' } })).toBe(2);
  });

  it('is passed on with its redirection', async () => {
    const thing = proxied.origin.serve({ status: 301, headers: { location: '/x', 'cache-control': 'max-age=60' } });
    await proxied.get(thing);
    expect(await proxied.get(thing)).toMatchObject({ status: 301, headers: { location: '/x', age: '0' } });
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('is not kept when it answers %s', async (method) => {
    const thing = proxied.origin.serve({ headers: { 'cache-control': 'max-age=60' } });
    await proxied.send(method, thing);
    await proxied.send(method, thing);
    expect((await proxied.get(thing)).body).toBe('3');
  });

  it('is not kept when it answers HEAD, and answers HEAD when it is kept', async () => {
    const thing = proxied.origin.serve({ headers: { 'cache-control': 'max-age=60' }, body: 'whole' });
    await proxied.send('HEAD', thing);
    expect((await proxied.get(thing)).body).toBe('whole');
    const { status, headers, body } = await proxied.send('HEAD', thing);
    expect([status, headers['content-length'], headers.age, body]).toEqual([200, '5', '0', '']);
    expect(thing.requests.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
  });
});

describe('an answer that says nothing', () => {
  it.each([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501])(
    'is kept as its provider declares: %d',
    async (status) => {
      const answers = [await callsFor(keeping, { status }, 59), await callsFor(keeping, { status }, 60)];
      expect(answers).toEqual([1, 2]);
      expect(await callsFor(proxied, { status })).toBe(2);
    },
  );

  it.each([201, 302, 303, 307, 400, 401, 403, 500, 502, 503])('is never kept: %d', async (status) => {
    expect(await callsFor(keeping, { status })).toBe(2);
  });

  it.each(['no-store', 'private', 'no-cache', 'max-age=0', 'max-age=0, public'])(
    'is another thing than one that says %s, whatever its provider declares',
    async (cacheControl) => {
      expect(await callsFor(keeping, { headers: { 'cache-control': cacheControl } })).toBe(2);
    },
  );
});

describe('what is addressed to caches such as this one', () => {
  it.each<[string, Headers, number]>([
    ['for longer', { 'cdn-cache-control': 'max-age=60', 'cache-control': 'max-age=5' }, 60],
    ['for less', { 'cdn-cache-control': 'max-age=5', 'cache-control': 'max-age=60' }, 5],
    ['although it is for nobody else', { 'cdn-cache-control': 'max-age=60', 'cache-control': 'no-store' }, 60],
    ['although it has expired', { 'cdn-cache-control': 'max-age=60', expires: '0' }, 60],
    ['with what is not known', { 'cdn-cache-control': 'a="b", max-age=60;c=d, e=?0' }, 60],
    ['in two lines', { 'cdn-cache-control': ['max-age=60', 'must-revalidate'], 'cache-control': 'max-age=5' }, 60],
  ])('decides: %s', async (_what, headers, seconds) => {
    expect(await callsFor(proxied, { headers }, seconds - 1)).toBe(1);
    expect(await callsFor(proxied, { headers }, seconds)).toBe(2);
  });

  it.each(['no-store', 'private', 'max-age=0', 'no-cache'])('may forbid: %s', async (directive) => {
    const headers = { 'cdn-cache-control': directive, 'cache-control': 'max-age=60', expires: '0' };
    expect(await callsFor(proxied, { headers })).toBe(2);
  });

  it.each(['', 'max-age="10"', 'max-age=1.5', 'max-age', 'max-age=x', 'Max-Age=10', 'max-age=10,', 'max-age: 10', '&'])(
    'is as if it were not there when it is none: %j',
    async (field) => {
      const headers = { 'cdn-cache-control': field, 'cache-control': 'max-age=60' };
      expect([await callsFor(proxied, { headers }, 59), await callsFor(proxied, { headers }, 60)]).toEqual([1, 2]);
    },
  );

  it('is passed on, for those behind us', async () => {
    const headers = { 'cdn-cache-control': 'max-age=60', 'cache-control': 'max-age=5' };
    const thing = proxied.origin.serve({ headers });
    await proxied.get(thing);
    expect((await proxied.get(thing)).headers).toMatchObject(headers);
  });
});
