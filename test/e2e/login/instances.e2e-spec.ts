import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { openBrowser, type CookieBrowser } from '../../support/cookie-browser.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { comeBack, logIn, refreshesAt, sessionIdOf, sessionOf, toAuthEnv } from './login-scene.ts';

const PUBLIC_URL = 'http://127.0.0.1:3000';

describeWithRedis('two instances that share a Redis', () => {
  let redis: TestRedis;
  let authorization: AuthorizationStandIn;
  let apps: TestApp[];
  let one: CookieBrowser;
  let other: CookieBrowser;

  /** One browser, whose requests come to this instance or that. */
  const openAt = ({ url }: TestApp, like?: CookieBrowser): CookieBrowser => {
    const browser = openBrowser(url);
    for (const [name, value] of like?.cookies ?? []) browser.cookies.set(name, value);
    return browser;
  };
  const sync = (): void => {
    for (const [name, value] of one.cookies) other.cookies.set(name, value);
  };

  beforeEach(async () => {
    [redis, authorization] = await Promise.all([startRedis(), startAuthorization()]);
    authorization.allowRedirect(`${PUBLIC_URL}/auth/callback`);
    const env = { ...toAuthEnv(authorization), REDIS_URL: redis.url, PUBLIC_URL };
    apps = [await createApp({ env }), await createApp({ env })];
    [one, other] = [openAt(apps[0]!), openAt(apps[1]!)];
    for (const browser of [one, other])
      await eventually(async () =>
        expect((await browser.get('/auth/session', { cookie: `session=${'a'.repeat(43)}` })).status).toBe(200),
      );
  });
  afterEach(async () => {
    await Promise.all(apps.map((breakwater) => breakwater.close()));
    await Promise.all([redis.stop(), authorization.close()]);
  });

  it('share logins and sessions', async () => {
    const path = await comeBack(one, authorization);
    sync();
    expect((await other.get(path)).status).toBe(303);
    one.cookies.set('session', sessionIdOf(other));
    for (const browser of [one, other])
      expect(jsonOf(await browser.get('/api/v1/me'))).toMatchObject({ subject: 'ash' });
    await one.post('/auth/logout');
    expect((await other.get('/api/v1/me')).status).toBe(401);
  });

  it('renew an expired token once between them', async () => {
    authorization.setAccessTokenTtl(1);
    await logIn(one, authorization);
    sync();
    authorization.setAccessTokenTtl(600);
    const { tokenEndsAt } = (await sessionOf(apps[0]!, one))!;
    await eventually(() => expect(Date.now()).toBeGreaterThan(tokenEndsAt));
    const all = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? one : other));
    const statuses = await Promise.all(all.map(async (browser) => (await browser.get('/api/v1/me')).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(refreshesAt(authorization)).toBe(1);
  });

  it('finish a login that came back while Redis was gone, once it is asked again', async () => {
    const path = await comeBack(one, authorization);
    redis.pause();
    const answer = await one.get(path);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([503, []]);
    redis.resume();
    await eventually(async () => expect((await one.get('/auth/session')).status).toBe(200));
    expect((await one.get(path)).status).toBe(303);
  });

  it('log nobody out while Redis is gone, and say that they cannot tell', async () => {
    await logIn(one, authorization);
    redis.pause();
    for (const path of ['/api/v1/me', '/auth/session']) {
      const answer = await one.get(path);
      expect([path, answer.status, problemOf(answer).code]).toEqual([path, 503, 'unavailable']);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect((await one.get('/auth/login')).status).toBe(302);
    const answer = await one.post('/auth/logout');
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([503, []]);
    redis.resume();
    await eventually(async () => expect((await one.get('/api/v1/me')).status).toBe(200));
  });
});
