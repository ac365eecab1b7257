import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OriginAnswer } from '../../upstreams/origin.stand-in.ts';
import { startProxiedOrigin, type ProxiedOrigin } from './proxied-origin.ts';

type Headers = NonNullable<OriginAnswer['headers']>;

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

const dateIn = (seconds: number): string => new Date(proxied.clock.wallTime() + seconds * 1_000).toUTCString();

/** How many upstream calls it takes to answer twice, with so much time in between. */
const callsFor = async (headers: Headers, secondsBetween = 0): Promise<number> => {
  const thing = proxied.origin.serve({ headers });
  await proxied.get(thing);
  await proxied.pass(secondsBetween);
  await proxied.get(thing);
  return thing.requests.length;
};

/** What is fresh for `seconds`, to the second. */
const expectFreshFor = async (seconds: number, headers: () => Headers): Promise<void> => {
  expect([await callsFor(headers(), seconds - 1), await callsFor(headers(), seconds)]).toEqual([1, 2]);
};

describe('an answer is fresh for as long as', () => {
  it.each<[string, number, () => Headers]>([
    ['max-age says', 60, () => ({ 'cache-control': 'max-age=60' })],
    ['max-age says in odd spelling', 60, () => ({ 'CACHE-CONTROL': ' , foo=", max-age=1", MAX-Age="60" ,' })],
    ['max-age says on a second line', 60, () => ({ 'cache-control': ['public', 'max-age=60'] })],
    ['Expires says', 60, () => ({ expires: dateIn(60) })],
    ['s-maxage says, whatever max-age does', 60, () => ({ 'cache-control': 'max-age=5, s-maxage=60' })],
    ['max-age says, whatever Expires does', 60, () => ({ 'cache-control': 'max-age=60', expires: dateIn(5) })],
    ['the first of two max-age says', 60, () => ({ 'cache-control': 'max-age=60, max-age=5' })],
  ])('%s', async (_source, seconds, headers) => {
    await expectFreshFor(seconds, headers);
  });

  it.each([
    ['nothing at all', {}],
    ['max-age=0', { 'cache-control': 'max-age=0' }],
    ['a negative max-age', { 'cache-control': 'max-age=-1' }],
    ['a max-age that is no number', { 'cache-control': 'max-age=soon' }],
    ['a max-age that is no whole number', { 'cache-control': 'max-age=60.5' }],
    ['an s-maxage that is no number, and a max-age', { 'cache-control': 's-maxage=x, max-age=60' }],
    ['a directive that only ends like max-age', { 'cache-control': 'xmax-age=60' }],
    ['max-age within the text of another', { 'cache-control': 'foo="max-age=60"' }],
    ['an Expires of 0', { expires: '0' }],
    ['an Expires that is no date', { expires: 'tomorrow' }],
    ['an Expires in the past', { expires: 'Thu, 01 Jan 2015 00:00:00 GMT' }],
    ['two Expires', { expires: ['Thu, 01 Jan 2037 00:00:00 GMT', 'Thu, 01 Jan 2037 00:00:00 GMT'] }],
    ['an Expires of another zone', { expires: 'Thu, 01 Jan 2037 00:00:00 +0100' }],
    ['Last-Modified alone', { 'last-modified': 'Thu, 01 Jan 2015 00:00:00 GMT' }],
  ])('is not fresh by %s', async (_source, headers) => {
    expect(await callsFor(headers)).toBe(2);
  });

  it.each(['Thursday, 01-Jan-37 00:00:00 GMT', 'Thu Jan  1 00:00:00 2037'])(
    'is fresh by an Expires in an old form of dates: %s',
    async (expires) => {
      expect(await callsFor({ expires }, 3_600)).toBe(1);
    },
  );
});

describe('the age of an answer', () => {
  it.each<[string, number, () => Headers]>([
    ['what other caches say', 40, () => ({ age: '40' })],
    ['the first that they say', 40, () => ({ age: '40, 5' })],
    ['the first line of what they say', 40, () => ({ age: ['40', '5'] })],
    ['the time since its Date', 40, () => ({ date: dateIn(-40) })],
    ['the longer of both', 40, () => ({ age: '40', date: dateIn(-20) })],
    ['nothing, when it says nonsense', 0, () => ({ age: '40x' })],
    ['nothing, when it says less than nothing', 0, () => ({ age: '-40' })],
    ['nothing, when it is from the future', 0, () => ({ date: dateIn(40) })],
    ['nothing, when it has no Date', 0, () => ({ date: undefined })],
    ['nothing, when its Date is none', 0, () => ({ date: 'today' })],
  ])('begins with %s', async (_source, seconds, headers) => {
    const cacheControl = { 'cache-control': 'max-age=100' };
    await expectFreshFor(100 - seconds, () => ({ ...headers(), ...cacheControl }));
    const thing = proxied.origin.serve({ headers: { ...headers(), ...cacheControl } });
    await proxied.get(thing);
    await proxied.pass(7);
    expect((await proxied.get(thing)).headers.age).toBe(String(seconds + 7));
  });

  it('counts from when it was asked for', async () => {
    const thing = proxied.origin.serve({ headers: { 'cache-control': 'max-age=100' }, latencyMs: 100 });
    const first = proxied.get(thing);
    while (thing.requests.length === 0) await proxied.pass(0);
    await proxied.pass(9);
    await first;
    expect((await proxied.get(thing)).headers.age).toBe('9');
  });

  it.each([{ age: '1e99' }, { age: '9'.repeat(400) }, { date: 'Thu, 01 Jan 1970 00:00:00 GMT' }])(
    'may be absurd: %j',
    async (headers) => {
      const thing = proxied.origin.serve({ headers: { ...headers, 'cache-control': 'max-age=60' } });
      expect([(await proxied.get(thing)).status, (await proxied.get(thing)).status]).toEqual([200, 200]);
      expect(thing.requests).toHaveLength(headers.age === '1e99' ? 1 : 2);
    },
  );

  it('passes on headers and body as they came, but for the age', async () => {
    const headers = { 'cache-control': 'max-age=60', 'x-own': 'a', 'content-type': 'text/plain', link: ['<a>', '<b>'] };
    const thing = proxied.origin.serve({ headers, body: 'content' });
    const [first, second] = [await proxied.get(thing), await proxied.get(thing)];
    expect(second).toEqual({ ...first, headers: { ...first.headers, age: '0' } });
    expect(second.body).toBe('content');
    expect(second.headers).toMatchObject({ 'x-own': 'a', link: '<a>, <b>', 'content-type': 'text/plain' });
  });

  it('is another for another query', async () => {
    const thing = proxied.origin.serve({ headers: { 'cache-control': 'max-age=60' } });
    await proxied.get(thing);
    expect((await proxied.get({ path: `${thing.path}?a=1` })).status).toBe(404);
  });
});
