import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { OWN_SCRIPT, type CookieBrowser } from '../../support/cookie-browser.ts';
import { post } from '../../upstreams/authorization/raw-requests.ts';
import { sessionIdOf, sessionOf, startScene, type LoginScene } from './login-scene.ts';
import { WritingModule } from './writing.module.ts';

const EVIL = 'https://evil.example';

let scene: LoginScene;
let browser: CookieBrowser;
beforeEach(async () => {
  scene = await startScene({ imports: [WritingModule] });
  browser = await scene.browseLoggedIn();
});
afterEach(() => scene.close());

const statusOfMe = async (visitor: CookieBrowser): Promise<number> => (await visitor.get('/api/v1/me')).status;

describe('a write with a cookie', () => {
  const foreign: [string, Record<string, string>][] = [
    ['a form of another site', { 'sec-fetch-site': 'cross-site', origin: EVIL }],
    ['a script of another site', { 'sec-fetch-site': 'cross-site', origin: EVIL, 'x-requested-with': 'fetch' }],
    ['a script of a sibling site', { 'sec-fetch-site': 'same-site', origin: EVIL, 'x-requested-with': 'fetch' }],
    ['an old browser at another site', { origin: EVIL, 'x-requested-with': 'fetch' }],
    ['a page without an origin', { origin: 'null', 'x-requested-with': 'fetch' }],
    ['a form of our own', { 'sec-fetch-site': 'same-origin' }],
    ['who says nothing of where it comes from', { 'x-requested-with': 'fetch' }],
    ['who says nothing at all', {}],
  ];

  it.each(foreign)('is refused when it comes from %s, and nobody is logged out', async (_who, headers) => {
    for (const path of ['/auth/logout', '/api/v1/writes']) {
      const answer = await browser.post(path, headers);
      expect([path, answer.status, problemOf(answer).code]).toEqual([path, 403, 'forbidden']);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(await statusOfMe(browser)).toBe(200);
  });

  it.each([
    ['by Sec-Fetch-Site', () => OWN_SCRIPT],
    ['by Origin', () => ({ origin: scene.breakwater.url, 'x-requested-with': 'fetch' })],
  ])('is done when it proves %s to come from our own pages', async (_how, headers) => {
    expect((await browser.post('/api/v1/writes', headers())).status).toBe(201);
    expect((await browser.post('/auth/logout', headers())).status).toBe(200);
  });
});

describe('a logout', () => {
  it('cannot be done by visiting a page', async () => {
    expect((await browser.get('/auth/logout')).status).toBe(404);
    expect(await statusOfMe(browser)).toBe(200);
  });

  it('ends the session for whoever has its cookie', async () => {
    const thief = scene.browse();
    thief.cookies.set('session', sessionIdOf(browser));
    expect(await statusOfMe(thief)).toBe(200);
    const answer = await browser.post('/auth/logout');
    expect([answer.status, jsonOf(answer)]).toEqual([200, { logoutUrl: expect.stringContaining('/session/end') }]);
    expect([await statusOfMe(thief), await statusOfMe(browser)]).toEqual([401, 401]);
    expect(jsonOf(await thief.get('/auth/session'))).toEqual({ isLoggedIn: false });
    expect(browser.cookies.size).toBe(0);
  });

  it('ends the tokens at the server', async () => {
    const { refreshToken } = (await sessionOf(scene.breakwater, browser))!;
    await browser.post('/auth/logout');
    expect(scene.authorization.requests.filter(({ path }) => path === '/token/revocation')).toHaveLength(2);
    const { authorization } = scene;
    const again = { grant_type: 'refresh_token', refresh_token: refreshToken!.reveal() };
    expect((await post(authorization, '/token', again)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it.each([500, 'reset', 'hang'] as const)('ends the session although the server answers with %s', async (fault) => {
    scene.authorization.failAt('/token/revocation', fault);
    const id = sessionIdOf(browser);
    const answer = await browser.post('/auth/logout');
    expect(answer.status).toBe(200);
    browser.cookies.set('session', id);
    expect(await statusOfMe(browser)).toBe(401);
  });

  it('of who is not logged in is no error', async () => {
    await browser.post('/auth/logout');
    expect((await browser.post('/auth/logout')).status).toBe(200);
  });
});
