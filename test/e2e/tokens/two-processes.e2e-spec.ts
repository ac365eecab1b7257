import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { openBrowser, type CookieBrowser } from '../../support/cookie-browser.ts';
import { eventually } from '../../support/eventually.ts';
import { noteOutput, noteSecret } from '../../support/evidence/evidence.ts';
import { spawnApp, type SpawnedApp } from '../../support/spawn-app.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { comeBack, logIn, refreshesAt, sessionIdOf, toAuthEnv } from '../login/login-scene.ts';
import { countStatuses, crowd } from './ledger.ts';

const ME = '/api/v1/me';
/** Where browsers reach both. */
const PUBLIC_URL = 'http://127.0.0.1:3000';
const RATE_LIMIT = 200;

// Two processes start, on a busy machine.
jest.setTimeout(60_000);

describeWithRedis('two processes with one Redis', () => {
  let redis: TestRedis;
  let server: AuthorizationStandIn;
  let processes: SpawnedApp[];
  let one: CookieBrowser;
  let other: CookieBrowser;

  const start = async (more: Readonly<Record<string, string>> = {}): Promise<void> => {
    const env = { ...toAuthEnv(server), ...more, REDIS_URL: redis.url, PUBLIC_URL, LOG_LEVEL: 'trace' };
    processes = [spawnApp({ env }), spawnApp({ env })];
    const [first = '', second = ''] = await Promise.all(processes.map((breakwater) => breakwater.ready()));
    [one, other] = [openBrowser(first), openBrowser(second)];
  };

  const areConnected = (): Promise<unknown> => Promise.all([one, other].map(isConnected));
  const isConnected = (browser: CookieBrowser): Promise<void> =>
    eventually(async () => {
      const { status } = await browser.get('/auth/session', { cookie: `session=${'a'.repeat(43)}` });
      expect(status).toBe(200);
    }, 10_000);

  beforeEach(async () => {
    [redis, server] = await Promise.all([startRedis(), startAuthorization()]);
    server.allowRedirect(`${PUBLIC_URL}/auth/callback`);
  });
  afterEach(async () => {
    for (const browser of [one, other]) noteSecret(sessionIdOf(browser));
    await Promise.all(processes.map((breakwater) => breakwater.kill()));
    for (const breakwater of processes) noteOutput(breakwater.stdout() + breakwater.stderr());
    await Promise.all([redis.stop(), server.close()]);
  });

  /** The same browser, whose next requests come to the other process. */
  const sync = (): void => {
    for (const [name, value] of one.cookies) other.cookies.set(name, value);
  };
  const subjectAt = async (browser: CookieBrowser): Promise<string> =>
    jsonOf<{ subject: string }>(await browser.get(ME)).subject;
  const statusAt = async (browser: CookieBrowser): Promise<number> => (await browser.get(ME)).status;

  it('know each other’s sessions, and logins under way', async () => {
    await start();
    await areConnected();
    await logIn(one, server);
    sync();
    expect([await subjectAt(one), await subjectAt(other)]).toEqual(['ash', 'ash']);
    const begun = await comeBack(one, server);
    sync();
    expect((await other.get(begun)).status).toBe(303);
    expect(await subjectAt(other)).toBe('ash');
    // The login that ended there has replaced the session that was begun here.
    expect([await statusAt(one), sessionIdOf(one) === sessionIdOf(other)]).toEqual([401, false]);
  });

  it('end a session for both when its user logs out at one of them', async () => {
    await start();
    await areConnected();
    await logIn(one, server);
    sync();
    expect([await statusAt(one), await statusAt(other)]).toEqual([200, 200]);
    const kept = sessionIdOf(one);
    expect((await one.post('/auth/logout')).status).toBe(200);
    expect(sessionIdOf(one)).toBe('');
    one.cookies.set('session', kept);
    expect([await statusAt(one), await statusAt(other)]).toEqual([401, 401]);
    expect(server.requests.map(({ path }) => path)).toContain('/token/revocation');
  });

  it('renew an access token once between them, however many ask', async () => {
    await start();
    await areConnected();
    server.setAccessTokenTtl(2);
    await logIn(one, server);
    sync();
    server.setAccessTokenTtl(600);
    const endsAt = Date.now() + 2_000;
    expect(refreshesAt(server)).toBe(0);
    await eventually(() => expect(Date.now()).toBeGreaterThan(endsAt));
    const answers = await crowd(60, (index) => (index % 2 === 0 ? one : other).get(ME));
    expect([countStatuses(answers), refreshesAt(server)]).toEqual([{ 200: 60 }, 1]);
  });

  it('count together what a caller asks of either', async () => {
    await start({ RATE_LIMIT: `${RATE_LIMIT}/600` });
    const get = (browser: CookieBrowser, token: string): Promise<Answer> =>
      browser.get(ME, { authorization: `Bearer ${token}` });
    const left = async (browser: CookieBrowser, token: string): Promise<number> =>
      Number(/;r=(\d+);/.exec((await get(browser, token)).headers.get('ratelimit')!)![1]);
    // Both are connected; a caller for each try.
    await eventually(async () => {
      const token = await server.signToken({ sub: randomUUID() });
      expect([await left(one, token), await left(other, token)]).toEqual([RATE_LIMIT - 1, RATE_LIMIT - 2]);
    }, 10_000);
    const token = await server.mintToken();
    const answers = await crowd(RATE_LIMIT + 20, (index) => get(index % 2 === 0 ? one : other, token));
    expect(countStatuses(answers)).toEqual({ 200: RATE_LIMIT, 429: 20 });
    for (const browser of [one, other]) {
      const refused = await get(browser, token);
      expect(problemOf(refused)).toMatchObject({ status: 429, code: 'too_many_requests' });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    // Somebody else has all of theirs.
    expect(await left(other, await server.mintToken({ client: 'guest' }))).toBe(RATE_LIMIT - 1);
  });
});
