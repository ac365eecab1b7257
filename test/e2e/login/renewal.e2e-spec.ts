import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { callAs } from '../../support/caller.ts';
import type { CookieBrowser } from '../../support/cookie-browser.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { post } from '../../upstreams/authorization/raw-requests.ts';
import { refreshesAt, sessionIdOf, sessionOf, startScene, type LoginScene } from './login-scene.ts';

const TOKEN_LIFE_MS = 600_000;
const IDLE_MS = 1_800_000;
/** Less than the server's ID tokens live: its clock does not move along. */
const MAX_MS = 3_000_000;

let clock: FakeClock;
let scene: LoginScene;
let browser: CookieBrowser;
beforeEach(async () => {
  clock = new FakeClock(Date.now());
  scene = await startScene({ clock, env: { SESSION_MAX_MS: String(MAX_MS) } });
  browser = await scene.browseLoggedIn();
});
afterEach(() => scene.close());

const statusOfMe = async (): Promise<number> => (await browser.get('/api/v1/me')).status;
const refreshTokenOf = async (): Promise<string> =>
  (await sessionOf(scene.breakwater, browser))!.refreshToken!.reveal();

describe('a session', () => {
  it('that nobody uses is over after half an hour', async () => {
    await clock.advance(IDLE_MS - 1);
    expect(jsonOf(await browser.get('/auth/session'))).toMatchObject({ isLoggedIn: true });
    await clock.advance(1);
    expect(jsonOf(await browser.get('/auth/session'))).toEqual({ isLoggedIn: false });
    expect(await statusOfMe()).toBe(401);
  });

  it('is over in time, however much it is used', async () => {
    for (let use = 0; use < 5; use += 1) {
      expect(await statusOfMe()).toBe(200);
      await clock.advance(MAX_MS / 5);
    }
    expect(await statusOfMe()).toBe(401);
    expect(jsonOf(await browser.get('/auth/session'))).toEqual({ isLoggedIn: false });
  });
});

describe('an expired access token', () => {
  it('is renewed once for 50 requests at the same time, and the browser notices nothing', async () => {
    const cookies = new Map(browser.cookies);
    await clock.advance(TOKEN_LIFE_MS);
    const statuses = await Promise.all(Array.from({ length: 50 }, statusOfMe));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(refreshesAt(scene.authorization)).toBe(1);
    expect(browser.cookies).toEqual(cookies);
  });

  it('is renewed with the newest refresh token, time and again', async () => {
    const tokens = new Set<string>();
    for (let renewal = 1; renewal <= 3; renewal += 1) {
      tokens.add(await refreshTokenOf());
      await clock.advance(TOKEN_LIFE_MS);
      expect(await statusOfMe()).toBe(200);
      expect(refreshesAt(scene.authorization)).toBe(renewal);
    }
    expect(tokens.size).toBe(3);
  });

  it('is renewed although whoever came with it hangs up', async () => {
    const before = await refreshTokenOf();
    await clock.advance(TOKEN_LIFE_MS);
    const caller = callAs(`${scene.breakwater.url}/api/v1/me`, { cookie: `session=${sessionIdOf(browser)}` });
    await eventually(() => expect(refreshesAt(scene.authorization)).toBe(1));
    await caller.hangUp();
    await eventually(async () => expect(await refreshTokenOf()).not.toBe(before));
    expect(await statusOfMe()).toBe(200);
    expect(refreshesAt(scene.authorization)).toBe(1);
  });

  it('that cannot be renewed at the moment is no logout', async () => {
    await clock.advance(TOKEN_LIFE_MS);
    scene.authorization.failTokenEndpoint('reset');
    const answer = await browser.get('/api/v1/me');
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_unreachable', provider: 'authorization' });
    expect(jsonOf(await browser.get('/auth/session'))).toMatchObject({ isLoggedIn: true });
    scene.authorization.failTokenEndpoint();
    expect(await statusOfMe()).toBe(200);
  });
});

describe('an access token that lives', () => {
  it('is good enough when the server cannot be reached', async () => {
    scene.authorization.failTokenEndpoint(503);
    await clock.advance(0.9 * TOKEN_LIFE_MS);
    expect([await statusOfMe(), await statusOfMe()]).toEqual([200, 200]);
  });

  it('is renewed before it ends, and nobody waits for that', async () => {
    scene.authorization.failTokenEndpoint('hang');
    await clock.advance(0.8 * TOKEN_LIFE_MS);
    expect(await statusOfMe()).toBe(200);
    await eventually(() => expect(refreshesAt(scene.authorization)).toBe(1));
  });
});

describe('a refresh token', () => {
  it('that was stolen and is used by somebody else once it is spent ends the session', async () => {
    const stolen = await refreshTokenOf();
    await clock.advance(TOKEN_LIFE_MS);
    expect(await statusOfMe()).toBe(200);
    const form = { grant_type: 'refresh_token', refresh_token: stolen };
    expect((await post(scene.authorization, '/token', form)).body).toMatchObject({ error: 'invalid_grant' });
    await clock.advance(TOKEN_LIFE_MS);
    expect(await statusOfMe()).toBe(401);
    expect(jsonOf(await browser.get('/auth/session'))).toEqual({ isLoggedIn: false });
  });

  it('that somebody else was quicker to use ends the session', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: await refreshTokenOf() };
    expect((await post(scene.authorization, '/token', form)).status).toBe(200);
    await clock.advance(TOKEN_LIFE_MS);
    expect(await statusOfMe()).toBe(401);
  });
});
