import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OriginAnswer } from '../../upstreams/origin.stand-in.ts';
import { startProxiedOrigin, type ProxiedAnswer, type ProxiedOrigin } from './proxied-origin.ts';

type Headers = NonNullable<OriginAnswer['headers']>;

const DIGITS = '9'.repeat(400);
/** As much as one answer's headers may be. */
const NEARLY_ALL = 15_000;
/** Hostile fields are read in time that grows with their length, not with its square. */
const AT_ONCE_MS = 3_000;

let proxied: ProxiedOrigin;
beforeAll(async () => {
  proxied = await startProxiedOrigin();
});
afterAll(() => proxied.close());

const twice = async (headers: Headers, asked: Record<string, string> = {}): Promise<ProxiedAnswer[]> => {
  const thing = proxied.origin.serve({ headers });
  return [await proxied.get(thing, asked), await proxied.get(thing, asked)];
};

const names = (count: number, prefix: string): string =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`).join();

describe('absurd headers of an upstream', () => {
  it.each<[string, Headers]>([
    ['a max-age of 400 digits', { 'cache-control': `max-age=${DIGITS}` }],
    ['an s-maxage of 400 digits', { 'cache-control': `s-maxage=${DIGITS}, stale-if-error=${DIGITS}` }],
    ['an age of 400 digits', { age: DIGITS, 'cache-control': `max-age=${DIGITS}` }],
    ['an age of 1e99', { age: '1e99', 'cache-control': 'max-age=60' }],
    ['a targeted max-age of 400 digits', { 'cdn-cache-control': `max-age=${DIGITS}` }],
    ['dates that are none', { date: 'x', expires: 'y', 'last-modified': 'z', 'cache-control': 'max-age=60' }],
    ['dates of no calendar', { expires: 'Thu, 99 Foo 9999 99:99:99 GMT', date: 'Thu, 99 Foo 9999 99:99:99 GMT' }],
    ['a Date of the year 9999', { date: 'Fri, 31 Dec 9999 23:59:59 GMT', 'cache-control': 'max-age=60' }],
    ['an Expires of the year 9999', { expires: 'Fri, 31 Dec 9999 23:59:59 GMT' }],
    ['a hundred lines of Cache-Control', { 'cache-control': Array<string>(100).fill('max-age=60') }],
    ['a Vary of very many names', { vary: names(2_500, 'x'), 'cache-control': 'max-age=60' }],
    ['a Vary on prototypes', { vary: '__proto__, constructor, toString', 'cache-control': 'max-age=60' }],
    ['directives named as prototypes', { 'cache-control': '__proto__=1, constructor, toString, max-age=60' }],
    ['no-cache of very many names', { 'cache-control': `max-age=60, no-cache="${names(2_500, 'x')}"` }],
    ['a Connection of very many names', { connection: names(2_500, 'x'), 'cache-control': 'max-age=60' }],
    ['an ETag that is very long', { etag: `"${'x'.repeat(NEARLY_ALL)}"`, 'cache-control': 'max-age=60' }],
    ['an ETag that is none', { etag: 'x"y, W/', 'cache-control': 'max-age=60' }],
    ['quotes that never end', { 'cache-control': `a="${'\\"'.repeat(7_000)}` }],
    ['names without end', { 'cache-control': 'a'.repeat(NEARLY_ALL) }],
    ['commas without end', { 'cache-control': ','.repeat(NEARLY_ALL) }],
    ['equals signs without end', { 'cache-control': '='.repeat(NEARLY_ALL) }],
    ['quotes without end', { 'cache-control': '"'.repeat(NEARLY_ALL) }],
    ['pairs of quotes without end', { 'cache-control': 'a=""'.repeat(3_500) }],
    ['blanks within a value', { 'cache-control': `max-age${' '.repeat(NEARLY_ALL)}=60` }],
    ['blanks within a list', { vary: `a${' '.repeat(NEARLY_ALL)}b`, 'cache-control': 'max-age=60' }],
    ['a targeted field without end', { 'cdn-cache-control': `max-age=60${';a'.repeat(7_000)}` }],
  ])('break nothing: %s', async (_what, headers) => {
    const startedAt = performance.now();
    const answers = await twice(headers);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(performance.now() - startedAt).toBeLessThan(AT_ONCE_MS);
  });

  it.each([
    ['one of a megabyte', { 'x-a': 'x'.repeat(1_048_576) }],
    ['a Vary of ten thousand names', { vary: names(10_000, 'x') }],
  ])('are a problem where they are too large to be taken: %s', async (_what, headers) => {
    const [first, second] = await twice({ ...headers, 'cache-control': 'max-age=60' });
    expect([first!.status, second!.status]).toEqual([502, 502]);
    expect(JSON.parse(first!.body)).toMatchObject({ code: expect.stringMatching(/^upstream_/) });
  });
});

describe('absurd headers of a caller', () => {
  it.each<Record<string, string>>([
    { 'cache-control': `max-age=${DIGITS}, min-fresh=${DIGITS}, max-stale=${DIGITS}` },
    { 'cache-control': `a="${'\\"'.repeat(6_000)}` },
    { 'cache-control': '"'.repeat(12_000) },
    { pragma: 'x'.repeat(12_000) },
    { 'if-none-match': '"'.repeat(12_001) },
    { 'if-none-match': 'W/'.repeat(6_000) },
    { 'if-none-match': names(2_000, '"x') },
    { 'if-modified-since': '9'.repeat(12_000) },
    { range: `bytes=${'0'.repeat(12_000)}-1` },
    { range: `bytes=${'0-1,'.repeat(3_000)}0-1` },
    { 'x-a': ' , '.repeat(4_000) },
    { 'x-a': `${' '.repeat(6_000)}x${' '.repeat(5_000)}y` },
  ])('break nothing: %.60j', async (asked) => {
    const startedAt = performance.now();
    const answers = await twice({ 'cache-control': 'max-age=60', etag: '"1"', vary: 'x-a' }, asked);
    for (const { status } of answers) expect([200, 206]).toContain(status);
    expect(performance.now() - startedAt).toBeLessThan(AT_ONCE_MS);
  });
});

describe('a caller who sends blanks without end', () => {
  it('keeps nobody waiting', async () => {
    const thing = proxied.origin.serve({ headers: { 'cache-control': 'max-age=60', vary: 'x-a' } });
    const timeOf = async (filling: string): Promise<number> => {
      const startedAt = performance.now();
      for (let calls = 0; calls < 10; calls += 1) await proxied.get(thing, { 'x-a': `x${filling.repeat(15_000)}y` });
      return performance.now() - startedAt;
    };
    await timeOf('x');
    expect((await timeOf(' ')) / (await timeOf('x'))).toBeLessThan(30);
  });
});

describe('an upstream that changes its mind on what it varies by', () => {
  it('at every answer, is passed on rightly all the same', async () => {
    let turn = 0;
    const thing = proxied.origin.serve(({ headers }) => {
      const vary = ['x-a', 'x-b', 'x-a, x-b', '', '*', 'x-c', undefined][(turn += 1) % 7];
      return { headers: { 'cache-control': 'max-age=5', vary }, body: `${headers['x-a']} ${headers['x-b']}` };
    });
    const picky: string[] = [];
    for (let round = 0; round < 100; round += 1) {
      const asked = { 'x-a': String(round % 3), 'x-b': String(round % 5) };
      const { status, body, headers } = await proxied.get(thing, asked);
      expect(status).toBe(200);
      // What names a header was chosen by it; what does not, is for everybody.
      for (const [index, name] of ['x-a', 'x-b'].entries())
        if (headers.vary?.includes(name) && body.split(' ')[index] !== asked[name as 'x-a']) picky.push(body);
      if (round % 10 === 9) await proxied.pass(3);
    }
    expect(picky).toEqual([]);
  });
});
