import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { buildCard, buildSnapshot } from '../../support/build-snapshot.ts';
import { busySnapshot } from '../../support/busy-snapshot.ts';
import { describeWithChromium } from '../../support/chromium.ts';
import { eventually } from '../../support/eventually.ts';
import { focused, PATIENCE_MS, startConsoleScene, type ConsoleScene } from './console-scene.ts';

describeWithChromium('what can be done at the console, in a real browser', () => {
  let scene: ConsoleScene;
  let seen: number;
  beforeAll(async () => {
    scene = await startConsoleScene();
    scene.stand.show(busySnapshot());
    await scene.card('cms').waitFor();
  }, 2 * PATIENCE_MS);
  beforeEach(() => {
    seen = scene.stand.writes.length;
    scene.stand.answer(200, {});
  });
  afterEach(() => expect(scene.complaints).toEqual([]));
  afterAll(() => scene?.close(), PATIENCE_MS);

  const test = (name: string, run: () => Promise<void>): void => it(name, run, 2 * PATIENCE_MS);
  const button = (name: string | RegExp): Locator => scene.page.getByRole('button', { name });
  const dialog = (): Locator => scene.page.getByRole('alertdialog');
  const announced = (text: string | RegExp): Promise<unknown> =>
    scene.page.locator('#announcement', { hasText: text }).waitFor();
  const lines = (): string[] => scene.stand.writes.slice(seen).map(({ line }) => line);
  const choose = async (name: string, verb: string): Promise<void> => {
    await button(name).click();
    await dialog().getByRole('button', { name: verb }).click();
  };

  test('is not done before it is confirmed, and not when it is cancelled', async () => {
    await button('Isolate of cms').click();
    expect(await dialog().innerText()).toContain('From now on all calls to cms fail at once');
    expect(await focused(scene.page)).toBe('Cancel');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await button('Isolate of cms').click();
    await scene.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    expect(await focused(scene.page)).toBe('Isolate of cms');
    expect(lines()).toEqual([]);
  });

  test('is done once it is confirmed, in a way that pages of others cannot', async () => {
    await choose('Isolate of cms', 'Isolate');
    await announced('cms is isolated');
    await choose('Reset circuit of cms', 'Reset circuit');
    await announced('The circuit of cms is closed');
    expect(lines()).toEqual(['POST /ops/providers/cms/isolate', 'POST /ops/providers/cms/reset']);
    expect(new Set(scene.stand.writes.map(({ requestedWith }) => requestedWith))).toEqual(new Set(['console']));
  });

  test('tells how much was forgotten', async () => {
    scene.stand.answer(200, { forgotten: 1_234 });
    await choose('Purge cache of pokeapi', 'Purge cache');
    await announced('1,234 stored answers of pokeapi forgotten.');
    expect(lines()).toEqual(['DELETE /ops/cache?provider=pokeapi']);
  });

  test('warns of what may be done twice, and retries a dead letter', async () => {
    scene.stand.answer(202, {});
    await button('Retry ci.runWorkflow').click();
    expect(await dialog().innerText()).toContain('it may be done twice');
    await dialog().getByRole('button', { name: 'Retry' }).click();
    await announced('ci.runWorkflow is queued again.');
    expect(lines()).toEqual(['POST /ops/calls/0197b7a2-3c1f-7c55-a8b0-0f2f4cf6a001/retry']);
  });

  test('says why it was not done, in the words of the problem', async () => {
    scene.stand.answer(404, { title: 'Not found', detail: 'There is no external service "cms" here' });
    await choose('Reset circuit of cms', 'Reset circuit');
    await announced('Not done (Reset the circuit of cms): There is no external service "cms" here');
    scene.stand.answer(500, []);
    await choose('Reset circuit of cms', 'Reset circuit');
    await announced('The answer was 500.');
  });

  test('is not offered again while it is so', async () => {
    await button('Isolate of authorization').click({ force: true });
    expect(await dialog().count()).toBe(0);
    expect(await button('Isolate of authorization').getAttribute('aria-disabled')).toBe('true');
  });

  test('needs no mouse', async () => {
    const { keyboard } = scene.page;
    await button('Log out').focus();
    await keyboard.press('Tab');
    expect(await focused(scene.page)).toBe('semaphore');
    for (const expected of ['3 servers, 2 in trouble', 'Isolate of semaphore', 'Reset circuit of semaphore']) {
      await keyboard.press('Tab');
      expect(await focused(scene.page)).toBe(expected);
    }
    await keyboard.press('Enter');
    expect(await focused(scene.page)).toBe('Cancel');
    await keyboard.press('Tab');
    expect(await focused(scene.page)).toBe('Reset circuit');
    await keyboard.press('Enter');
    await announced('The circuit of semaphore is closed');
    expect(await focused(scene.page)).toBe('Reset circuit of semaphore');
    expect(lines()).toEqual(['POST /ops/providers/semaphore/reset']);
  });

  test('is not disturbed by what comes each second', async () => {
    await button('Purge cache of cms').click();
    scene.stand.show(buildSnapshot({ providers: [buildCard({ name: 'cms', attemptsInFlight: 88 })] }));
    await scene.card('cms').getByText('88').waitFor();
    expect(await dialog().isVisible()).toBe(true);
    expect(await focused(scene.page)).toBe('Cancel');
    await scene.page.keyboard.press('Escape');
    await eventually(async () => expect(await focused(scene.page)).toBe('Purge cache of cms'));
  });

  test('leaves the focus nearby when what it was asked for is gone', async () => {
    scene.stand.show(busySnapshot());
    await button('Retry subscriptions.deliver').click();
    scene.stand.show(buildSnapshot());
    await button('Retry subscriptions.deliver').waitFor({ state: 'detached' });
    await scene.page.keyboard.press('Escape');
    await eventually(async () => expect(await focused(scene.page)).toBe('Background calls'));
  });
});
