import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';
import { ADA, ADAS_SESSION } from '../authentication/known-callers.ts';

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway(
    ({ url }) => ({ name: 'cached', public: true, target: { endpoints: [url] }, cache: 'shared' }),
    ({ url }) => ({ name: 'other', public: true, target: { endpoints: [url] }, cache: 'shared' }),
    ({ url }) => ({ name: 'mine', target: { endpoints: [url] }, cache: 'shared' }),
    ({ url }) => ({
      name: 'kept',
      public: true,
      target: { endpoints: [url] },
      cache: 'shared',
      request: { host: 'preserve' },
    }),
  );
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

let count = 0;
/** An answer that may be kept for a minute, under a URL of its own. */
const fresh = (): string => `headers?cache-control=max-age%3D60&x-n=${(count += 1)}`;
const get = (path: string, ...fields: string[]) =>
  raw.say(head(`GET /gateway/${path}`, ...fields, 'Connection: close'));

describe('what one caller sends', () => {
  it.each([
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: gopher',
    'X-Forwarded-Prefix: /evil',
    'X-Original-URL: /evil',
    'X-HTTP-Method-Override: POST',
    'X-Host: evil.example',
    'Forwarded: host=evil.example',
    'Connection: close, x-forwarded-host',
  ])('poisons no answer of others, for the upstream never hears it: %s', async (field) => {
    const path = fresh();
    await get(`cached/${path}`, field);
    expect(JSON.stringify(raw.only().rawHeaders)).not.toMatch(/evil|gopher/);
    await get(`cached/${path}`);
    expect(raw.echo.requests).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    ['a path that only looks the same', '/A', '/a'],
    ['a path with an empty segment', '//a', '/a'],
    ['a path with something encoded twice', '/%2561', '/a'],
    ['a query in another order', '/?x=1&y=2', '/?y=2&x=1'],
    ['a query without a value', '/?x=', '/?x'],
    ['a query encoded otherwise', '/?x=%61', '/?x=a'],
    ['a query, and its sign in the path', '/%3fx', '/?x'],
  ])('is kept apart from another request: %s', async (_what, one, other) => {
    const urls = [one, other].map((text) => `${text.replace('/', '/cache/../').replace('/cache/../', '/')}`);
    for (const url of urls) await get(`cached/echo${url}`);
    expect(raw.echo.requests).toHaveLength(2);
  });

  // X-Forwarded-Host, and Host where it is preserved, are no part of the key.
  it('as Host makes another answer, where that is passed on', async () => {
    const path = fresh();
    await raw.say(head(`GET /gateway/kept/${path}`, 'Connection: close').replace('Host: test', 'Host: evil.example'));
    await get(`kept/${path}`);
    expect(raw.echo.requests.map(({ headers }) => headers.host)).toEqual(['evil.example', 'test']);
  });

  it('and was answered by another route, is asked for anew', async () => {
    const path = fresh();
    await get(`cached/${path}`);
    await get(`other/${path}`);
    expect(raw.echo.requests).toHaveLength(2);
  });

  it.each(['GET', 'HEAD', 'POST'])('is no body of another request: %s with one', async (method) => {
    const path = fresh();
    await raw.say(`${head(`${method} /gateway/cached/${path}`, 'Content-Length: 4', 'Connection: close')}evil`);
    const { status } = await get(`cached/${path}`);
    expect([status, raw.echo.requests.length]).toEqual([200, 2]);
  });
});

describe('an answer that is kept', () => {
  it('has no cookie for others', async () => {
    const path = `${fresh()}&set-cookie=a%3Db`;
    const answers = [await get(`cached/${path}`), await get(`cached/${path}`)];
    expect(answers.map(({ headers }) => headers['set-cookie'])).toEqual([undefined, undefined]);
  });

  it('to a user is private, and needs one', async () => {
    const path = fresh();
    const mine = await get(`mine/${path}`, `Authorization: Bearer ${ADA}`);
    expect([mine.status, mine.headers['cache-control']]).toEqual([200, expect.stringContaining('private')]);
    expect((await get(`mine/${path}`)).status).toBe(401);
    expect((await get(`mine/${path}`, `Cookie: __Host-session=${ADAS_SESSION}`)).status).toBe(200);
  });

  it('is not replaced by an error, nor by a redirect of another request', async () => {
    const path = fresh();
    await get(`cached/${path}`);
    raw.echo.fail(500);
    const answer = await get(`cached/${path}`, 'Cache-Control: max-age=60');
    raw.echo.fail(undefined);
    expect(answer.status).toBe(200);
  });
});
