import { HttpAdapterHost } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { auditOf, BEARER, cookieOf, FROM_OUR_PAGE, logIn, logInCookie, TOKEN } from './operators-scene.ts';

const HOUR_MS = 3_600_000;

let clock: FakeClock;
let breakwater: TestApp;

const start = (env: Record<string, string>): Promise<TestApp> =>
  createApp({ env, override: (builder) => builder.overrideProvider(Clock).useValue(clock) });

beforeEach(async () => {
  clock = new FakeClock();
  breakwater = await start({ OPS_TOKEN: TOKEN });
});
afterEach(() => breakwater.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(breakwater.url + path, { headers });

const look = async (cookie: string): Promise<number> => (await get('/health/providers', { cookie })).status;

describe('a login at the console', () => {
  it.each(['wrong', '', `${TOKEN}x`, TOKEN.slice(1), 'z'.repeat(500_000), '\u0000'])(
    'is refused with a wrong token, by the same page with a sentence (%#)',
    async (token) => {
      const answer = await logIn(breakwater, token);
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
      expect(answer.text).toContain('<p id="problem" role="alert">That is not the token.</p>');
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'none'");
    },
  );

  it.each([
    ['application/json', '{"token":["a"]}', 401],
    ['application/json', 'null', 401],
    ['application/x-www-form-urlencoded', `token=${TOKEN}&token=${TOKEN}`, 401],
    ['application/x-www-form-urlencoded', '__proto__[token]=x', 401],
    ['text/plain', `token=${TOKEN}`, 401],
  ])('is refused when what is sent is no form of ours: %s %s', async (type, body, status) => {
    const headers = { 'content-type': type };
    const answer = await ask(`${breakwater.url}/console/login`, { method: 'POST', headers, body });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []]);
  });

  it.each(['cross-site', 'same-site', 'nonsense'])('is refused when it comes from another site: %s', async (site) => {
    const answer = await logIn(breakwater, TOKEN, { 'sec-fetch-site': site });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
  });

  it('leads to the console, with a cookie that is for this browser and its own pages alone', async () => {
    const answer = await logIn(breakwater, ` ${TOKEN}\n`);
    expect([answer.status, answer.headers.get('location'), answer.text]).toEqual([303, '/console', '']);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict']);
    expect(cookie).toMatch(/^console=\d{13}\./);
    expect(cookie).not.toContain(TOKEN);
  });

  it('has a cookie that goes over https alone, everywhere but on this machine', async () => {
    for (const headers of [{ host: 'ops.example.com' }, { 'x-forwarded-proto': 'https' }]) {
      const cookie = (await rawLogIn(headers)) ?? '';
      expect([cookie.startsWith('__Host-console='), cookie.includes('; Secure')]).toEqual([true, true]);
      const name = cookie.split(';', 1)[0]!;
      expect(await look(name)).toBe(200);
      // Without the prefix, somebody else of the domain may have set it.
      expect(await statusFor({ ...headers, cookie: name.replace('__Host-', '') })).toBe(401);
      expect(await statusFor({ ...headers, cookie: name })).toBe(200);
    }
  });

  it('opens all that is for operators, for twelve hours', async () => {
    const cookie = await logInCookie(breakwater);
    for (const path of ['/console', '/console/console.js', '/console/uplot.js', '/console/uplot.css'])
      expect([path, (await get(path, { cookie })).status]).toEqual([path, 200]);
    await clock.advance(12 * HOUR_MS - 1);
    expect(await look(cookie)).toBe(200);
    await clock.advance(1);
    expect(await look(cookie)).toBe(401);
  });

  it('is known to every process with the same OPS_TOKEN, and to none with another', async () => {
    const cookie = await logInCookie(breakwater);
    // Without any, it is this machine that counts.
    const cases: [Record<string, string>, number][] = [
      [{ OPS_TOKEN: TOKEN }, 200],
      [{ OPS_TOKEN: `${TOKEN}-changed` }, 401],
      [{}, 200],
    ];
    for (const [env, status] of cases) {
      const other = await start(env);
      const answer = await ask(`${other.url}/health/providers`, { headers: { cookie } });
      await other.close();
      expect([env, answer.status]).toEqual([env, status]);
    }
  });

  it('ends in this browser at a logout, which no other site can ask for', async () => {
    const cookie = await logInCookie(breakwater);
    const logOut = (headers: Record<string, string>): Promise<Answer> =>
      ask(`${breakwater.url}/console/logout`, { method: 'POST', headers: { cookie, ...headers } });
    const refused = await logOut({ 'sec-fetch-site': 'cross-site' });
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []]);
    const answer = await logOut(FROM_OUR_PAGE);
    expect([answer.status, cookieOf(answer)]).toEqual([204, 'console=']);
    expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=0');
  });

  it('is in the log, tried or done, and the token is not', async () => {
    await logIn(breakwater, 'wrong');
    await logIn(breakwater, TOKEN);
    expect(auditOf(breakwater).map(({ outcome }) => outcome)).toEqual(['failed: wrong token', 'done: logged in']);
    expect(breakwater.logLines.join('')).not.toContain(TOKEN);
    expect((await get('/health/providers', BEARER)).status).toBe(200);
  });
});

/** `fetch` would not let us choose the host. */
const serverOf = ({ app }: TestApp): FastifyInstance =>
  app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();

/** The cookie that is set for who asks with those headers. */
const rawLogIn = async (own: Record<string, string>): Promise<string | undefined> => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...own };
  const visit = { method: 'POST', url: '/console/login', headers, payload: `token=${TOKEN}` } as const;
  const answer = await serverOf(breakwater).inject(visit);
  return [answer.headers['set-cookie'] ?? []].flat()[0];
};

const statusFor = async (headers: Record<string, string>): Promise<number> =>
  (await serverOf(breakwater).inject({ url: '/health/providers', headers })).statusCode;
