import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/inbound/problems/problem.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway(
    ({ url }) => ({ name: 'below', public: true, target: { endpoints: [`${url}/echo/base`] } }),
    ({ url }) => ({ name: 'inside', public: true, target: { endpoints: [url] }, match: { prefix: '/echo' } }),
    ({ url }) => ({ name: 'keys', public: true, target: { endpoints: [url] }, request: { query: ['limit'] } }),
  );
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

const get = (target: string): string => head(`GET ${target}`, 'Connection: close');

const expectRefused = async (target: string, statuses: readonly number[] = [400]): Promise<void> => {
  const answer = await raw.say(get(target));
  expect(statuses).toContain(answer.status);
  expect((JSON.parse(answer.text) as Problem).status).toBe(answer.status);
  await raw.expectUnreached();
};

describe('a path that leads out of its base reaches no upstream', () => {
  it.each([
    ...['/..', '/../admin', '/a/..', '/a/../../admin', '/./a', '/.', '/%2e%2e/admin', '/%2E%2e/', '/.%2e/', '/%2e'],
    ...[
      '/..;/admin',
      '/..;a=b/admin',
      '/%2e%2e%3b/admin',
      '/.;/a',
      '/..%3bx',
      '/..%2fadmin',
      '/..%5cadmin',
      '/a%2f..%2fb',
    ],
    ...[
      '/a%2fb',
      '/a%2Fb',
      '/a%5cb',
      '/a%5Cb',
      '/a\\b',
      '/..\\admin',
      '/\\evil.example',
      '/a%00',
      '/%00',
      '/a%00.json',
    ],
    ...[
      '/%ff',
      '/%c0%ae%c0%ae/admin',
      '/%c0%af',
      '/%e0%80%af',
      '/%f8%80%80%80%af',
      '/%ed%a0%80',
      '/%c3',
      '/%f4%90%80%80',
    ],
    ...['/%', '/%2', '/%zz', '/%u002e', '/a%', '/a"b', '/a<b', '/a>b', '/a{b}', '/a|b', '/a^b', '/a`b'],
    ...['/a#b', '/#', '/a%2e%2e%2fb', '/%252e%252e/..', '/a/%2e%2e?x', '/..?', '/a?b#c'],
  ])('%s', (path) => expectRefused(`/gateway/below${path}`));

  it.each(['\x00', '\x7f', '\xff', '\xc3\xa4', '\t', '\x01', '\x0b', '\x85'])('a path with the byte %j', (byte) =>
    expectRefused(`/gateway/open/a${byte}b`),
  );

  it('one that is too long', async () => {
    await expectRefused(`/gateway/open/${'a/'.repeat(20_000)}`, [431]);
  });

  it.each(['/inside/Echo', '/inside/echo2', '/inside//echo', '/inside/%45cho', '/inside/echo%2f', '/inside/x/../echo'])(
    'one beside what its route takes: %s',
    (path) => expectRefused(`/gateway${path}`, [400, 404]),
  );
});

describe('a query', () => {
  it.each(['?a"b', '?a<b', '?a>b', '?a#b', '?a=\xff', '?a=\x7f', '?#'])(
    'with what no URL holds is refused: %j',
    (query) => expectRefused(`/gateway/open/echo${query}`),
  );

  it.each([
    ...[
      '?__proto__=1',
      '?constructor=1',
      '?limit=1&offset=2',
      '?limit=1;offset=2',
      '?LIMIT=1',
      '?limit[]=1',
      '?%6cimit2=1',
    ],
    ...['?limit=1&%6fffset=2', '?limit%00=1', '?limit+=1', '?%ff=1', '?=1', '?limit=%', '?limit=1&toString', '?&&x'],
  ])('with keys that the route does not take is refused: %s', (query) => expectRefused(`/gateway/keys/echo${query}`));

  it.each(['?', '?limit=1', '?%6cimit=1&limit=2', '?limit=a%26b', '?limit=%00', '?limit=../..', '?limit=%ff'])(
    'goes on byte for byte: %s',
    async (query) => {
      const answer = await raw.say(get(`/gateway/keys/echo${query}`));
      expect([answer.status, raw.only().url]).toEqual([200, query === '?' ? '/echo' : `/echo${query}`]);
    },
  );
});

describe('a path that is odd, and sound', () => {
  it.each([
    ['//a', '//a'],
    ['/a//b/', '/a//b/'],
    ['/...', '/...'],
    ['/a;b=c/d', '/a;b=c/d'],
    ['/%252e%252e/admin', '/%252e%252e/admin'],
    ['/%252f', '/%252f'],
    ['/%61', '/a'],
    ['/%c3%a4', '/%C3%A4'],
    ['/a%0d%0aX-Evil:%201', '/a%0D%0AX-Evil:%201'],
    ['/a%3fb', '/a%3Fb'],
    ['/a%23b', '/a%23b'],
    ['/__proto__/constructor', '/__proto__/constructor'],
    ['/http://evil.example/', '/http://evil.example/'],
    ['/@evil.example', '/@evil.example'],
  ])('stays below its base: %s', async (path, seen) => {
    const answer = await raw.say(get(`/gateway/below${path}`));
    expect([answer.status, raw.only().url]).toEqual([200, `/echo/base${seen}`]);
    await raw.expectHealthy();
  });
});
