import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { ask } from '../../support/ask.ts';
import { describeWithChromium, startChromium } from '../../support/chromium.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import type { StandIn } from '../../upstreams/stand-in.ts';
import { startPokeApi } from '../../upstreams/pokeapi.stand-in.ts';
import { openPage, PATIENCE_MS } from './console-scene.ts';

const TOKEN = 'what only operators know';
const CALLS = 30;

describeWithChromium('the console as it is served, in a real browser', () => {
  let pokeApi: StandIn;
  let env: Record<string, string>;
  let breakwater: TestApp;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    [pokeApi, browser] = await Promise.all([startPokeApi(), startChromium()]);
    env = { OPS_TOKEN: TOKEN, POKEAPI_URL: pokeApi.url, POKEAPI_MAX_ATTEMPTS: '2' };
    breakwater = await createApp({ env });
    page = await openPage(browser, breakwater.url, complaints);
  }, 2 * PATIENCE_MS);
  afterAll(async () => {
    await browser?.close();
    await breakwater?.close();
    await pokeApi?.close();
  }, PATIENCE_MS);

  const test = (name: string, run: () => Promise<void>): void => it(name, run, 2 * PATIENCE_MS);
  const card = (): Locator => page.locator('[data-provider=pokeapi]');
  const logIn = async (token: string): Promise<void> => {
    await page.getByLabel('Token').fill(token);
    await page.keyboard.press('Enter');
  };
  const choose = async (verb: string): Promise<void> => {
    await card().getByRole('button', { name: verb }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: verb }).click();
  };
  const statusOf = async (path: string): Promise<number> => (await ask(`${breakwater.url}/api/v1${path}`)).status;
  const isLive = (): Promise<unknown> => page.locator('body[data-connection=live]').waitFor();

  test('tells nothing to who has not logged in', async () => {
    expect(await page.title()).toBe('Log in');
    expect(await page.locator('body').innerText()).not.toMatch(/breakwater|pokeapi/i);
    // By HEAD the page finds out whether its login has ended.
    for (const method of ['GET', 'HEAD'])
      expect((await ask(`${breakwater.url}/console/console.js`, { method })).status).toBe(401);
  });

  test('says so when the token was wrong', async () => {
    await logIn('something else');
    await page.getByRole('alert').getByText('That is not the token.').waitFor();
  });

  test('is live after the login', async () => {
    await logIn(TOKEN);
    await page.waitForURL('**/console');
    await isLive();
    await card().waitFor();
    await page.locator('#process', { hasText: 'Heap' }).waitFor();
  });

  test('isolates, and resets', async () => {
    await choose('Isolate');
    await card().getByText('Isolated').waitFor();
    expect(await statusOf('/pokemon/bulbasaur')).toBe(503);
    await choose('Reset circuit');
    await page.locator('#announcement', { hasText: 'The circuit of pokeapi is closed' }).waitFor();
    await page.locator('[data-provider=pokeapi]:not([data-verdict=isolated])').waitFor();
    expect(await statusOf('/pokemon/bulbasaur')).toBe(200);
  });

  test('purges the cache', async () => {
    await choose('Purge cache');
    await page.locator('#announcement', { hasText: /stored answers? of pokeapi forgotten/ }).waitFor();
    expect(breakwater.logLines.join('')).toContain('DELETE /ops/cache');
  });

  test('names the service that is gone, and has a receipt for what failed', async () => {
    await pokeApi.close();
    await Promise.all(Array.from({ length: CALLS }, (_, index) => statusOf(`/pokemon/${index + 1}`)));
    await card().getByText('Failing').waitFor();
    await page.locator('#calls .outcome', { hasText: 'upstream unreachable' }).first().waitFor();
    await page.locator('#calls tr', { hasText: 'upstream unreachable' }).first().getByRole('button').click();
    await page.locator('#receipt', { hasText: 'Attempt 1' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('is live again when the process was started anew, without another login', async () => {
    const { port } = new URL(breakwater.url);
    await breakwater.close();
    await page.locator('body[data-connection=reconnecting]').waitFor();
    breakwater = await createApp({ env, port: Number(port) });
    await isLive();
  });

  test('is closed after the logout', async () => {
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Token').waitFor();
    await page.goto(`${breakwater.url}/console`);
    expect(await page.title()).toBe('Log in');
  });

  test('leaves nothing for the browser to complain of', () => {
    expect(complaints).toEqual([]);
    return Promise.resolve();
  });
});
