import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { busySnapshot } from '../../support/busy-snapshot.ts';
import { buildSnapshot } from '../../support/build-snapshot.ts';
import { describeWithChromium } from '../../support/chromium.ts';
import { PATIENCE_MS, startConsoleScene, type ConsoleScene } from './console-scene.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RUN = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' at ' + target + ': ' + failureSummary)))`;

describeWithChromium('the looks of the console, in a real browser', () => {
  let scene: ConsoleScene;
  beforeAll(async () => {
    scene = await startConsoleScene();
    scene.stand.show(busySnapshot());
  }, 2 * PATIENCE_MS);
  afterAll(() => scene?.close(), PATIENCE_MS);

  const test = (name: string, run: () => Promise<void>): void => it(name, run, 2 * PATIENCE_MS);

  /** The page as the test wants it, live. */
  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const page = await scene.open(options);
    await page
      .locator('body[data-connection=live] #calls tr, body[data-connection=live] #calls-note')
      .first()
      .waitFor();
    return page;
  };
  const openReceipt = async (page: Page): Promise<void> => {
    await page.locator('#calls button').first().click();
    await page.locator('#receipt').waitFor();
  };
  const overflow = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  test('fit a phone, with nothing to scroll sideways for', async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    await page.locator('[data-provider=semaphore] summary').tap();
    expect(await overflow(page)).toBe(0);
    await openReceipt(page);
    expect(await overflow(page)).toBe(0);
    const inside = '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector("#receipt"))';
    expect(await page.evaluate(inside)).toBe(0);
    expect((await page.locator('#receipt').boundingBox())!.width).toBeLessThanOrEqual(360);
    await page.context().close();
  });

  test('fit a phone with long names, too', async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, isMobile: true });
    const { providers, calls, deadLetters, jobs } = busySnapshot();
    const long = 'z'.repeat(120);
    scene.stand.show(
      buildSnapshot({
        jobs,
        providers: [{ ...providers[1]!, name: long, why: long, circuit: long }],
        calls: [{ ...calls[0]!, id: 'long', provider: long, operation: long, outcome: long }],
        deadLetters: [{ ...deadLetters[0]!, id: 'long', operation: long, problem: long }],
      }),
    );
    await page.locator(`[data-provider=${long}]`).waitFor();
    expect(await overflow(page)).toBe(0);
    scene.stand.show(busySnapshot());
    await page.context().close();
  });

  test('are dark where dark is preferred, without being loaded anew', async () => {
    const page = await open({ colorScheme: 'light' });
    const background = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(241, 245, 247)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await background()).toBe('rgb(14, 22, 27)');
    await page.context().close();
  });

  test('do not move where motion is not wanted', async () => {
    const animation = `getComputedStyle(document.querySelector('#connection'), '::before').animationName`;
    scene.stand.refuse(503);
    for (const [reducedMotion, expected] of [
      ['reduce', 'none'],
      ['no-preference', 'breathe'],
    ] as const) {
      const page = await scene.open({ reducedMotion });
      await page.locator('#connection', { hasText: 'Connecting' }).waitFor();
      expect(await page.evaluate(animation)).toBe(expected);
      await page.context().close();
    }
    scene.stand.refuse(200);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`give axe nothing to find fault with: ${colorScheme}`, async () => {
      // The policy of the page keeps axe out; it is tested elsewhere.
      const page = await open({ colorScheme, bypassCSP: true });
      await page.evaluate(AXE);
      const violations = (): Promise<string[]> => page.evaluate(RUN);
      expect(await violations()).toEqual([]);
      await page.getByRole('button', { name: 'Isolate of cms' }).click();
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await openReceipt(page);
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('[data-provider=semaphore] summary').click();
      await page.getByRole('button', { name: 'semaphore', exact: true }).click();
      expect(await violations()).toEqual([]);
      await page.context().close();
    });

  test('come without anything that the policy of the page forbids', async () => {
    expect(scene.complaints).toEqual([]);
  });
});
