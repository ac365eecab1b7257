import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logIn, sessionIdOf, startScene, type LoginScene } from './login-scene.ts';

const PLANTED = 'p'.repeat(43);

let scene: LoginScene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());

describe('the id of a session', () => {
  it('is not one that somebody planted', async () => {
    const browser = scene.browse();
    browser.cookies.set('session', PLANTED);
    await logIn(browser, scene.authorization);
    expect(sessionIdOf(browser)).toMatch(/^[\w-]{43}$/);
    expect(sessionIdOf(browser)).not.toBe(PLANTED);
    const attacker = scene.browse();
    attacker.cookies.set('session', PLANTED);
    expect((await attacker.get('/api/v1/me')).status).toBe(401);
  });

  it('is another one after each login, and the one before is worth nothing', async () => {
    const browser = await scene.browseLoggedIn();
    const before = sessionIdOf(browser);
    await logIn(browser, scene.authorization);
    expect(sessionIdOf(browser)).not.toBe(before);
    const attacker = scene.browse();
    attacker.cookies.set('session', before);
    expect((await attacker.get('/api/v1/me')).status).toBe(401);
    expect((await browser.get('/api/v1/me')).status).toBe(200);
  });
});
