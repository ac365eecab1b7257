import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf, type Answer } from '../../support/ask.ts';
import type { CookieBrowser } from '../../support/cookie-browser.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { comeBack, sessionIdOf, startScene, type LoginScene } from './login-scene.ts';

const LOGIN_LIFETIME_MS = 600_000;

let scene: LoginScene;
let clock: FakeClock;
beforeAll(async () => {
  clock = new FakeClock(Date.now());
  scene = await startScene({ clock });
});
afterAll(() => scene.close());

const stateIn = (path: string): string => new URLSearchParams(path.split('?')[1]).get('state')!;
const codeIn = (path: string): string => new URLSearchParams(path.split('?')[1]).get('code')!;

/** Nobody is logged in, and nothing of what came is repeated. */
const expectRefused = async (browser: CookieBrowser, path: string, status = 400): Promise<Answer> => {
  const answer = await browser.get(path);
  expect([answer.status, problemOf(answer).code]).toEqual([
    status,
    status === 400 ? 'invalid_request' : 'unauthorized',
  ]);
  const values = [...new URLSearchParams(path.split('?')[1]).values()].filter((value) => value !== '');
  for (const value of values) expect(answer.text).not.toContain(value);
  expect(answer.headers.get('location')).toBeNull();
  expect((await browser.get('/api/v1/me')).status).toBe(401);
  return answer;
};

describe('a callback', () => {
  it.each([
    ['says nothing', '/auth/callback'],
    ['has no state', '/auth/callback?code=the-code'],
    ['has an empty state', '/auth/callback?code=the-code&state='],
    ['has a state that is none of ours', '/auth/callback?code=the-code&state=<script>alert(1)</script>'],
    ['has a state nobody began with', `/auth/callback?code=the-code&state=${'s'.repeat(43)}`],
    ['has a state that is far too long', `/auth/callback?code=the-code&state=${'s'.repeat(5_000)}`],
    ['has an error and a strange state', '/auth/callback?error=access_denied&state=strange'],
  ])('that %s is refused', async (_what, path) => {
    await expectRefused(scene.browse(), path);
  });

  it('that has two states is refused', async () => {
    const browser = scene.browse();
    const path = await comeBack(browser, scene.authorization);
    await expectRefused(browser, `${path}&state=${'s'.repeat(43)}`);
  });

  it('without the cookie of the login is refused, and the login is not spent', async () => {
    const browser = scene.browse();
    const path = await comeBack(browser, scene.authorization);
    await expectRefused(scene.browse(), path);
    expect((await browser.get(path)).status).toBe(303);
  });

  it("with another browser's state is refused", async () => {
    const [victim, attacker] = [scene.browse(), scene.browse()];
    await comeBack(victim, scene.authorization);
    await expectRefused(victim, await comeBack(attacker, scene.authorization));
  });

  it("with another browser's state is refused although the cookie bears its name", async () => {
    const [victim, attacker] = [scene.browse(), scene.browse()];
    const own = await comeBack(victim, scene.authorization);
    const path = await comeBack(attacker, scene.authorization);
    victim.cookies.set(`login-${stateIn(path).slice(0, 8)}`, [...victim.cookies.values()][0]!);
    const { headers } = await expectRefused(victim, path);
    expect(headers.getSetCookie()).toEqual([]);
    // Nobody can end somebody else's login.
    expect((await victim.get(own)).status).toBe(303);
  });

  it('with a code of another login is refused', async () => {
    const [victim, attacker] = [scene.browse(), scene.browse()];
    const path = await comeBack(victim, scene.authorization);
    const code = codeIn(await comeBack(attacker, scene.authorization));
    await expectRefused(victim, path.replace(codeIn(path), code), 401);
  });

  it('with a code that was used before is refused', async () => {
    const [browser, attacker] = [scene.browse(), scene.browse()];
    const used = await comeBack(browser, scene.authorization);
    expect((await browser.get(used)).status).toBe(303);
    const path = await comeBack(attacker, scene.authorization);
    const { headers } = await expectRefused(attacker, path.replace(codeIn(path), codeIn(used)), 401);
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^login-.{8}=; Max-Age=0;/)]);
  });

  it('that comes again is refused, even with the cookie of the first time, and changes nothing', async () => {
    const browser = scene.browse();
    const path = await comeBack(browser, scene.authorization);
    const before = new Map(browser.cookies);
    expect((await browser.get(path)).status).toBe(303);
    const id = sessionIdOf(browser);
    expect((await browser.get(path)).status).toBe(400);
    for (const [name, value] of before) browser.cookies.set(name, value);
    // This time it is the server that refuses it.
    expect((await browser.get(path)).status).toBe(401);
    expect(sessionIdOf(browser)).toBe(id);
    expect((await browser.get('/api/v1/me')).status).toBe(200);
  });

  it('that comes twice at the same time logs in once', async () => {
    const browser = scene.browse();
    const path = await comeBack(browser, scene.authorization);
    const answers = await Promise.all([browser.get(path), browser.get(path), browser.get(path)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 401, 401]);
  });

  it('of a user who changed their mind is refused, and says why', async () => {
    const browser = scene.browse();
    const path = await comeBack(browser, scene.authorization, { refuse: true });
    const answer = await browser.get(path);
    expect([answer.status, problemOf(answer).detail]).toEqual([401, expect.stringContaining('access_denied')]);
    expect(browser.cookies.size).toBe(0);
  });

  it('that comes too late is refused', async () => {
    const browser = scene.browse();
    const path = await comeBack(browser, scene.authorization);
    await clock.advance(LOGIN_LIFETIME_MS);
    await expectRefused(browser, path);
  });
});
