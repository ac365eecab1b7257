import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';
import { ADA, ADAS_SESSION } from '../authentication/known-callers.ts';

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway(
    ({ url }) => ({ name: 'both', target: { endpoints: [url] }, request: { forward: ['cookie', 'authorization'] } }),
    ({ url }) => ({ name: 'cookies', public: true, target: { endpoints: [url] }, request: { forward: ['cookie'] } }),
    ({ url }) => ({ name: 'set', public: true, target: { endpoints: [url] }, response: { cookies: 'pass' } }),
    ({ url }) => ({ name: 'scoped', target: { endpoints: [url] }, scopes: ['admin'] }),
  );
});
beforeEach(() => raw.forget());
afterAll(async () => {
  const log = raw.gateway.logLines.join('');
  await raw.close();
  for (const secret of [ADA, ADAS_SESSION, 'the-other-token']) expect(log).not.toContain(secret);
});

const get = (path: string, ...fields: string[]) =>
  raw.say(head(`GET /gateway/${path}`, ...fields, 'Connection: close'));

describe('a session of ours', () => {
  const session = `session=${ADAS_SESSION}`;
  it.each([
    [`Cookie: __Host-${session}`],
    [`Cookie: a=b; __Host-${session}; c=d`],
    [`Cookie: a=b;__Host-${session};c=d`],
    [`Cookie: a=b;\t__Host-${session} ; c=d`],
    [`Cookie: __host-${session}; __HOST-${session}; SESSION=${ADAS_SESSION}; ${session}`],
    [`Cookie: a=b`, `Cookie: __Host-${session}`],
    [`Cookie: __Host-session = ${ADAS_SESSION}`],
    [`Cookie: a=b; ;; =; __Host-session="${ADAS_SESSION}"`],
    [`Cookie: __Host-${session}`, 'Connection: cookie'],
    [`cOOKIE: __Secure-${session}`],
    [`Cookie: breakwater-any=${ADAS_SESSION}; login-12345678=${ADAS_SESSION}; console=${ADAS_SESSION}`],
  ])('arrives at no upstream, though cookies do: %s', async (...fields) => {
    expect((await get('cookies/echo', ...fields)).status).toBe(200);
    expect(JSON.stringify(raw.only().rawHeaders)).not.toContain(ADAS_SESSION);
    if (fields.some((field) => field.includes('a=b'))) expect(raw.only().headers.cookie).toContain('a=b');
  });

  it('opens a route, and is not passed on', async () => {
    expect((await get('both/echo', `Cookie: __Host-${session}; a=b`)).status).toBe(200);
    expect(raw.only().headers.cookie).toBe('a=b');
  });

  it('is of no use for writes, nor for upgrades, without a page of ours', async () => {
    const cookie = `Cookie: __Host-${session}`;
    const upgrade = ['Connection: upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: x'];
    const statuses = [
      await raw.say(head('POST /gateway/closed/echo', cookie, 'Content-Length: 0', 'Connection: close')),
      await raw.say(head('PROPFIND /gateway/closed/echo', cookie, 'Connection: close')),
      await raw.say(head('POST /gateway/closed/echo', cookie, 'Origin: https://evil.example', 'Connection: close')),
      await raw.say(head('GET /gateway/closed/ws', cookie, 'Origin: https://evil.example', ...upgrade)),
    ].map(({ status }) => status);
    expect(statuses).toEqual([403, 403, 403, 403]);
    await raw.expectUnreached();
  });

  it.each(['__Host-session=evil; Path=/', 'session=evil', '__HOST-SESSION=evil', 'breakwater-x=1', 'login-abcdefgh=1'])(
    'cannot be set by an upstream: %s',
    async (setCookie) => {
      const answer = await get(`set/headers?set-cookie=${encodeURIComponent(setCookie)}&set-cookie=a%3Db`);
      expect(answer.headers['set-cookie']).toMatch(/^a=b/);
    },
  );
});

describe('a token of a caller', () => {
  it('arrives where the route says so, and nowhere else', async () => {
    await get('closed/echo', `Authorization: Bearer ${ADA}`);
    await get('both/echo', `Authorization: Bearer ${ADA}`);
    expect(raw.echo.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, `Bearer ${ADA}`]);
  });

  it.each([
    ['none', []],
    ['another one', ['Authorization: Bearer the-other-token']],
    ['two', [`Authorization: Bearer the-other-token`, `Authorization: Bearer ${ADA}`]],
    ['one in the query', []],
    ['one without its scheme', [`Authorization: ${ADA}`]],
    ['one with another scheme', [`Authorization: Basic ${ADA}`]],
    ['one in a list', [`Authorization: Bearer ${ADA}, Bearer the-other-token`]],
    ['one for a proxy', [`Proxy-Authorization: Bearer ${ADA}`]],
    ['one that its Connection names', ['Connection: authorization', 'Authorization: Bearer the-other-token']],
  ])('is wanted: who brings %s reaches no upstream', async (_what, fields) => {
    const answer = await get(`closed/echo?access_token=${ADA}`, ...fields);
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Bearer')]);
    await raw.expectUnreached();
  });

  it('that lacks a scope reaches no upstream, whatever the path is', async () => {
    for (const path of ['scoped/echo', 'scoped/../open/echo', 'scoped//echo', 'scoped'])
      expect((await get(path, `Authorization: Bearer ${ADA}`)).status).toBe(403);
    await raw.expectUnreached();
  });
});
