import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildCard, buildSnapshot } from '../../support/build-snapshot.ts';
import { describeWithChromium } from '../../support/chromium.ts';
import { PATIENCE_MS, startConsoleScene, type ConsoleScene } from './console-scene.ts';

describeWithChromium('the connection of the console, in a real browser', () => {
  let scene: ConsoleScene;
  beforeAll(async () => {
    scene = await startConsoleScene();
    scene.stand.show(buildSnapshot());
  }, 2 * PATIENCE_MS);
  afterAll(() => scene?.close(), PATIENCE_MS);

  const test = (name: string, run: () => Promise<void>): void => it(name, run, 2 * PATIENCE_MS);
  const connectionIs = (state: string): Promise<unknown> =>
    scene.page.locator(`body[data-connection=${state}]`).waitFor();
  const showsInFlight = async (count: number): Promise<void> => {
    scene.stand.show(buildSnapshot({ providers: [buildCard({ attemptsInFlight: count })] }));
    await scene.card('pokeapi').getByText(String(count)).waitFor();
  };

  test('is live', async () => {
    await connectionIs('live');
    expect(await scene.page.locator('#connection').innerText()).toBe('Live');
    expect(await scene.page.locator('#stale').isHidden()).toBe(true);
  });

  test('says that it is lost and since when, and is taken up again by itself', async () => {
    scene.stand.refuse(503);
    await connectionIs('reconnecting');
    expect(await scene.page.locator('#connection').innerText()).toMatch(/^Reconnecting since \d\d:\d\d:\d\d$/);
    await scene.page.getByText(/^Not live: what you see is from \d\d:\d\d:\d\d, \d+.s ago\./).waitFor();
    expect(await scene.page.evaluate(`getComputedStyle(document.querySelector('main section')).filter`)).toBe(
      'grayscale(1)',
    );
    scene.stand.refuse(200);
    await connectionIs('live');
    await scene.page.locator('#stale').waitFor({ state: 'hidden' });
    await showsInFlight(91);
  });

  test('is taken up again when the whole server was gone', async () => {
    await scene.stand.pause();
    await connectionIs('reconnecting');
    await scene.stand.resume();
    await connectionIs('live');
    await showsInFlight(92);
  });

  test('counts as lost when nothing comes, though it is open', async () => {
    scene.stand.fallSilent();
    await connectionIs('reconnecting');
    await showsInFlight(93);
    await connectionIs('live');
  });

  test('says that the login has ended, and leads to another', async () => {
    scene.stand.refuse(401);
    await connectionIs('ended');
    expect(await scene.page.locator('#connection').innerText()).toBe('Your login has ended');
    expect(await scene.page.getByRole('link', { name: 'Log in again' }).getAttribute('href')).toBe('/console');
    scene.stand.refuse(200);
    await connectionIs('live');
    expect(await scene.page.getByRole('link', { name: 'Log in again' }).count()).toBe(0);
  });

  test('leads to the login page after the logout', async () => {
    const [request] = await Promise.all([
      scene.page.waitForRequest((one) => one.method() === 'GET' && one.isNavigationRequest()),
      scene.page.getByRole('button', { name: 'Log out' }).click(),
    ]);
    expect(new URL(request.url()).pathname).toBe('/console');
    expect(scene.stand.writes.map(({ line }) => line)).toEqual(['POST /console/logout']);
    expect(scene.complaints).toEqual([]);
  });
});
