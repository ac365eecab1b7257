import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { buildCall, buildSnapshot } from '../../support/build-snapshot.ts';
import { busySnapshot } from '../../support/busy-snapshot.ts';
import { describeWithChromium } from '../../support/chromium.ts';
import { eventually } from '../../support/eventually.ts';
import { focused, PATIENCE_MS, startConsoleScene, type ConsoleScene } from './console-scene.ts';

describeWithChromium('remarkable calls at the console, in a real browser', () => {
  let scene: ConsoleScene;
  beforeAll(async () => {
    scene = await startConsoleScene();
    scene.stand.show(busySnapshot());
    await scene.card('cms').waitFor();
  }, 2 * PATIENCE_MS);
  afterEach(() => expect(scene.complaints).toEqual([]));
  afterAll(() => scene?.close(), PATIENCE_MS);

  const test = (name: string, run: () => Promise<void>): void => it(name, run, 2 * PATIENCE_MS);
  const rows = (): Locator => scene.page.locator('#calls tr');
  const receipt = (): Locator => scene.page.locator('#receipt');
  const rowsAre = (count: number): Promise<void> =>
    eventually(async () => expect(await rows().count()).toBe(count), PATIENCE_MS);
  const open = async (index: number): Promise<void> => {
    await rows().nth(index).click();
    await receipt().waitFor();
  };
  const close = async (): Promise<void> => {
    await scene.page.keyboard.press('Escape');
    await receipt().waitFor({ state: 'hidden' });
  };

  test('are listed, the newest first', async () => {
    await rowsAre(11);
    const cells = await rows().first().getByRole('cell').allInnerTexts();
    expect(cells.slice(1, 5)).toEqual(['pokeapi', 'getPokemon', 'upstream timeout', '3.00\u202fs']);
    expect(cells[0]).toMatch(/ ago$/);
    expect(cells[5]).toMatch(/^2/);
  });

  test('open to their receipt: each attempt with its phases, the wait between them, and why', async () => {
    await open(0);
    await scene.page.getByRole('dialog', { name: 'pokeapi getPokemon' }).waitFor();
    const text = await receipt().innerText();
    expect(text).toContain('GET /pokemon/{name}');
    expect(text.replaceAll('\u202f', ' ')).toContain(
      'queued 35 ms · prepared 25 ms · connected 150 ms · waited 430 ms · received 65 ms',
    );
    expect(text.replaceAll('\u202f', ' ')).toContain('Waited 243 ms before trying again');
    expect(text).toContain('no answer within 3,000 ms, at https://pokeapi.co');
    expect(text).toContain('Not made again: the deadline of the call had passed.');
    expect(text).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
    await close();
  });

  test('are drawn to scale', async () => {
    await open(0);
    const track = (await receipt().locator('.track').first().boundingBox())!;
    const bar = async (phase: string, nth = 0) => {
      const box = (await receipt().locator(`.track [data-phase=${phase}]`).nth(nth).boundingBox())!;
      return [(box.x - track.x) / track.width, box.width / track.width] as const;
    };
    const [waitedFrom, waitedFor] = await bar('waited');
    expect(waitedFrom).toBeCloseTo(212 / 3_000, 2);
    expect(waitedFor).toBeCloseTo(430 / 3_000, 2);
    const [backoffFrom, backoffFor] = await bar('backoff');
    expect(backoffFrom).toBeCloseTo(707 / 3_000, 2);
    expect(backoffFor).toBeCloseTo(243 / 3_000, 2);
    const [secondFrom, secondFor] = await bar('waited', 1);
    expect(secondFrom + secondFor).toBeCloseTo(1, 2);
    await close();
  });

  test('say so when nothing left this process', async () => {
    await open(1);
    expect(await receipt().innerText()).toContain('No attempt was made');
    await close();
  });

  test('open by keyboard, and bring the focus back', async () => {
    await rows().nth(1).getByRole('button').focus();
    await scene.page.keyboard.press('Tab');
    await scene.page.keyboard.press('Enter');
    await receipt().getByText('cms listArticles').waitFor();
    expect(await focused(scene.page)).toBe('Close');
    await scene.page.keyboard.press('Enter');
    await receipt().waitFor({ state: 'hidden' });
    expect(await focused(scene.page)).toBe('listArticles');
  });

  test('give their ids to the clipboard', async () => {
    await scene.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(0);
    await receipt().getByRole('button', { name: 'Copy the trace id' }).click();
    await receipt().getByText('The trace id is copied.').waitFor();
    expect(await scene.page.evaluate('navigator.clipboard.readText()')).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    await close();
  });

  test('keep still while one is in their list, and tell that there are newer ones', async () => {
    await open(2);
    scene.stand.show({ ...busySnapshot(), calls: [buildCall({ id: 'new', operation: 'newest' })] });
    await scene.page.getByText('The list keeps still while you are in it. Newer ones: 1.').waitFor();
    expect(await receipt().getByText('cms listArticles').isVisible()).toBe(true);
    await close();
    expect(await focused(scene.page)).toBe('listArticles');
    await rowsAre(11);
    await scene.page.mouse.move(0, 0);
    await scene.page.getByLabel('Only failures').focus();
    await rows().getByText('newest').waitFor();
    await rowsAre(1);
    await scene.page.locator('#calls-note').waitFor({ state: 'hidden' });
  });

  test('can be narrowed to failures, and to one service', async () => {
    scene.stand.show(busySnapshot());
    await rowsAre(11);
    await scene.page.getByLabel('Only failures').check();
    await rowsAre(10);
    await scene.page.getByRole('button', { name: 'cms', exact: true }).click();
    await scene.page.getByText('None of the last remarkable calls is like that.').waitFor();
    await scene.page.getByLabel('Only failures').uncheck();
    await rowsAre(1);
    const card = scene.page.getByRole('button', { name: 'cms', exact: true });
    expect(await card.getAttribute('aria-pressed')).toBe('true');
    await scene.page.getByRole('button', { name: 'Show all services' }).click();
    await rowsAre(11);
    expect(await card.getAttribute('aria-pressed')).toBe('false');
  });

  test('are narrowed by a click anywhere on a card but on its buttons', async () => {
    await scene.card('cms').locator('.why').click();
    await rowsAre(1);
    await scene.card('cms').locator('.why').click();
    await rowsAre(11);
  });

  test('take what an operation is called for text', async () => {
    const operation = '<b>bold</b>';
    const decisions = ['<script>alert(1)</script>'];
    scene.stand.show(buildSnapshot({ calls: [buildCall({ id: 'evil', operation, decisions })] }));
    await rows().getByText(operation).click();
    await receipt().getByText(decisions[0]!).waitFor();
    expect(await scene.page.locator('#calls b, #receipt script').count()).toBe(0);
  });
});
