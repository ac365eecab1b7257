import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { jsonOf } from '../../support/ask.ts';
import { describeWithChromium, startChromium } from '../../support/chromium.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { refreshesAt, startScene, type LoginScene } from './login-scene.ts';
import { WritingModule } from './writing.module.ts';

/** A busy machine may take its time. */
const PATIENCE_MS = 60_000;
const TOKEN_LIFE_MS = 600_000;

describeWithChromium('a real browser', () => {
  let clock: FakeClock;
  let scene: LoginScene;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    clock = new FakeClock(Date.now());
    [scene, browser] = await Promise.all([startScene({ clock, imports: [WritingModule] }), startChromium()]);
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
  }, 2 * PATIENCE_MS);
  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  }, PATIENCE_MS);

  const open = async (path: string): Promise<number> => (await page.goto(scene.breakwater.url + path))!.status();
  const shown = async (): Promise<{ subject?: string }> => jsonOf({ text: await page.innerText('body') });
  const cookieNames = async (): Promise<string[]> => (await page.context().cookies()).map(({ name }) => name);

  /** What a script of the page sees of a write. */
  const writeAs = (headers: Record<string, string>, path = '/api/v1/writes'): Promise<number> =>
    page.evaluate(async ([to, more]) => (await fetch(to, { method: 'POST', headers: more })).status, [
      path,
      headers,
    ] as const);

  it(
    'is not let in before',
    async () => {
      expect(await open('/api/v1/me')).toBe(401);
    },
    PATIENCE_MS,
  );

  it(
    'logs in and lands where it wanted to go',
    async () => {
      await open('/auth/login?returnTo=/api/v1/me');
      expect(new URL(page.url()).origin).toBe(scene.authorization.issuer);
      await page.fill('input[name=login]', scene.authorization.user.login);
      await page.fill('input[name=password]', scene.authorization.user.password);
      await page.click('button:not([name=refuse])');
      await page.waitForURL(`${scene.breakwater.url}/api/v1/me`);
      expect(await shown()).toMatchObject({ subject: scene.authorization.user.login });
      expect(await cookieNames()).toContain('session');
    },
    PATIENCE_MS,
  );

  it(
    'lets no script see the cookie, or a token',
    async () => {
      expect(await page.evaluate('document.cookie')).toBe('');
      expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).toBe('[{},{}]');
    },
    PATIENCE_MS,
  );

  it(
    'writes for a script of our own page that says so, and for no other',
    async () => {
      // Data may load nothing at all, not even from ourselves; a page may.
      expect(await open('/docs')).toBe(200);
      expect(await writeAs({ 'x-requested-with': 'fetch' })).toBe(201);
      expect(await writeAs({})).toBe(403);
    },
    PATIENCE_MS,
  );

  it(
    'does not notice that its token was renewed',
    async () => {
      await clock.advance(TOKEN_LIFE_MS);
      expect(await open('/api/v1/me')).toBe(200);
      expect(await shown()).toMatchObject({ subject: scene.authorization.user.login });
      expect(refreshesAt(scene.authorization)).toBe(1);
    },
    PATIENCE_MS,
  );

  it(
    'writes nothing for a page of somebody else',
    async () => {
      const evil = await page.context().newPage();
      await evil.goto(`${scene.authorization.issuer.replace('127.0.0.1', 'localhost')}/nowhere`);
      await evil.setContent(
        `<form method="post" action="${scene.breakwater.url}/auth/logout"><button>Win</button></form>`,
      );
      const [answer] = await Promise.all([
        evil.waitForResponse(`${scene.breakwater.url}/auth/logout`),
        evil.click('button'),
      ]);
      expect(answer.status()).toBe(403);
      await evil.close();
      expect(await open('/api/v1/me')).toBe(200);
    },
    PATIENCE_MS,
  );

  it(
    'logs out',
    async () => {
      await open('/docs');
      expect(await writeAs({ 'x-requested-with': 'fetch' }, '/auth/logout')).toBe(200);
      expect(await cookieNames()).not.toContain('session');
      expect(await open('/api/v1/me')).toBe(401);
    },
    PATIENCE_MS,
  );
});
