import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildCard, buildSnapshot } from '../../support/build-snapshot.ts';
import { busySnapshot } from '../../support/busy-snapshot.ts';
import { describeWithChromium } from '../../support/chromium.ts';
import { eventually } from '../../support/eventually.ts';
import { focused, PATIENCE_MS, startConsoleScene, type ConsoleScene } from './console-scene.ts';

describeWithChromium('the cards of the console, in a real browser', () => {
  let scene: ConsoleScene;
  beforeAll(async () => {
    scene = await startConsoleScene();
  }, 2 * PATIENCE_MS);
  afterAll(() => scene?.close(), PATIENCE_MS);

  const test = (name: string, run: () => Promise<void>): void => it(name, run, 2 * PATIENCE_MS);
  const names = (): Promise<string[]> => scene.page.locator('#cards h3').allInnerTexts();
  const shows = (name: string, text: string): Promise<unknown> => scene.card(name).getByText(text).first().waitFor();
  const namesAre = (...expected: string[]): Promise<void> =>
    eventually(async () => expect(await names()).toEqual(expected), PATIENCE_MS);

  test('say what would be seen while there is nothing', async () => {
    await scene.page.getByText('Connecting …').waitFor();
    scene.stand.show(buildSnapshot({ providers: [] }));
    await scene.page.getByText('There are none: this application calls no external service.').waitFor();
    await scene.page.getByText('None so far. Calls that fail').waitFor();
    await scene.page.getByText('Their store is not open').waitFor();
  });

  test('appear, and change while one looks on', async () => {
    scene.stand.show(buildSnapshot());
    await namesAre('cms', 'pokeapi');
    await shows('pokeapi', 'Healthy');
    expect(await scene.page.title()).toBe('Breakwater console');
    const circuit = { circuit: 'half_open', errorRatio: 0.5, why: 'Half of them failed.' };
    scene.stand.show(
      buildSnapshot({ providers: [buildCard({ name: 'cms' }), buildCard({ verdict: 'failing', ...circuit })] }),
    );
    await shows('pokeapi', 'Failing');
    await shows('pokeapi', 'Half of them failed.');
    await shows('pokeapi', 'half open');
    await shows('pokeapi', '50\u202f%');
    expect(await scene.page.locator('#summary').innerText()).toBe('1 failing, 1 healthy');
    expect(await scene.page.title()).toBe('(1 failing) Breakwater console');
  });

  test('are in order of trouble, and keep the focus when they move', async () => {
    await namesAre('pokeapi', 'cms');
    const button = scene.card('cms').getByRole('button', { name: 'Purge cache of cms' });
    await button.focus();
    scene.stand.show(
      buildSnapshot({ providers: [buildCard({ name: 'pokeapi' }), buildCard({ name: 'cms', verdict: 'slow' })] }),
    );
    await namesAre('cms', 'pokeapi');
    expect(await focused(scene.page)).toBe('Purge cache of cms');
    scene.stand.show(buildSnapshot({ providers: [buildCard({ verdict: 'isolated' }), buildCard({ name: 'cms' })] }));
    await namesAre('pokeapi', 'cms');
    expect(await focused(scene.page)).toBe('Purge cache of cms');
  });

  test('stay the same elements, folded open and selected as they were', async () => {
    const servers = [{ id: 'https://one.example', state: 'healthy', circuit: 'closed' }];
    const withServers = buildCard({ name: 'cms', servers });
    scene.stand.show(buildSnapshot({ providers: [withServers] }));
    await scene.card('cms').getByText('1 server').click();
    await scene.page.evaluate(`
      document.querySelector('[data-provider=cms]').mark = 'the same';
      getSelection().selectAllChildren(document.querySelector('[data-provider=cms] .why'));
    `);
    scene.stand.show(buildSnapshot({ providers: [{ ...withServers, attemptsInFlight: 77 }] }));
    await shows('cms', '77');
    await shows('cms', 'https://one.example: healthy, circuit closed');
    expect(await scene.page.evaluate(`document.querySelector('[data-provider=cms]').mark`)).toBe('the same');
    expect(await scene.page.evaluate('getSelection().toString()')).toContain('were answered');
  });

  test('touch nothing on the page when nothing has changed', async () => {
    const snapshot = buildSnapshot({ ...busySnapshot() });
    scene.stand.show(snapshot);
    await shows('semaphore', 'Failing');
    await scene.page.evaluate(`
      window.changed = [];
      new MutationObserver((all) => all.forEach(({ target }) => {
        if (!target.closest?.('time')) window.changed.push(target.outerHTML.slice(0, 80));
      })).observe(document.body, { subtree: true, childList: true, attributes: true });
    `);
    const heard = scene.page.evaluate(`new Promise((resolve) => {
      const source = new EventSource('/console/events');
      let left = 3;
      source.addEventListener('snapshot', () => { if (--left === 0) { source.close(); resolve(true); } });
    })`);
    await heard;
    expect(await scene.page.evaluate('window.changed')).toEqual([]);
  });

  test('tell all that is known of a service in trouble', async () => {
    for (const text of [
      '148 of 192 calls failed',
      '77.1\u202f%',
      '3.00\u202fs',
      '12 of 5,000',
      '3 servers, 2 in trouble',
    ])
      await shows('semaphore', text);
    await shows('semaphore', 'listPipelines, upstream_timeout: no answer within 3,000 ms');
    await shows('cms', 'It says that it will be gone: Sat, 31 Jan 2026 23:59:59 GMT');
    await shows('cms', 'It says that it is deprecated: since Tue, 01 Jul 2025 00:00:00 GMT');
    await shows('cms', 'Its answers are not as expected in 3 places');
    await shows('weather', 'It has no URL: WEATHER_URL is not set.');
    expect(
      await scene
        .card('weather')
        .getByRole('button', { name: /Isolate/ })
        .count(),
    ).toBe(0);
    await shows('payments', 'Idle');
    expect((await scene.card('semaphore').locator('time').first().innerText()).startsWith('for ')).toBe(true);
    expect(await scene.card('semaphore').locator('time').first().getAttribute('title')).toMatch(/\d{4}/);
  });

  test('have charts that are told in words, too', async () => {
    expect(await scene.card('semaphore').locator('canvas').count()).toBe(3);
    const said = await scene.card('semaphore').getByRole('img').nth(1).getAttribute('aria-label');
    expect(said).toMatch(/^Errors: between 0\u202f% and \d+.*% in the last 5 minutes, .* now$/);
  });

  test('tell the number of the time that one points at', async () => {
    const chart = scene.card('semaphore').locator('[data-series=Errors]');
    await chart.locator('.u-over').hover();
    await chart.locator('.number[title^="At "]', { hasText: /^0.%$/ }).waitFor();
    await scene.page.mouse.move(0, 0);
    await chart.locator('.number:not([title])', { hasText: '77.1' }).waitFor();
  });

  test('take what others say for text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    scene.stand.show(buildSnapshot({ providers: [buildCard({ name: 'cms', why: evil, sunset: evil })] }));
    await shows('cms', evil);
    expect(await scene.page.locator('#cards img').count()).toBe(0);
  });

  test('leave nothing for the browser to complain of', async () => {
    expect(scene.complaints).toEqual([]);
  });
});
