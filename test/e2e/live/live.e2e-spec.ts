import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithChromium } from '../../support/chromium.ts';
import { PATIENCE_MS, startLiveScene, type LiveScene } from './live-scene.ts';

describeWithChromium('the live page, in a real browser', () => {
  let scene: LiveScene;
  beforeAll(async () => {
    scene = await startLiveScene();
  }, 2 * PATIENCE_MS);
  afterAll(() => scene?.close(), PATIENCE_MS);

  const shows = (selector: string, text: string): Promise<unknown> =>
    scene.page.locator(selector, { hasText: text }).first().waitFor();
  const connectionIs = (state: string): Promise<unknown> =>
    scene.page.locator(`#connection[data-state=${state}]`).waitFor();
  const visit = async (): Promise<void> => {
    await scene.page.goto(`${scene.breakwater().url}/live`);
  };
  const test = (name: string, run: () => Promise<void>): void => it(name, run, 2 * PATIENCE_MS);

  test('shows everybody the articles, and that it is live', async () => {
    await visit();
    await shows('#articles li', 'The first');
    await connectionIs('live');
    await shows('#ci-note', 'Log in to see the CI board');
  });

  test('shows an article as soon as it is published', async () => {
    await scene.publish({ slug: 'second', title: 'The second' });
    await shows('#articles li', 'The second');
  });

  test('takes what an article says for text', async () => {
    await scene.publish({ slug: 'third', title: '<img src=x onerror=alert(1)>' });
    await shows('#articles li', '<img src=x onerror=alert(1)>');
    expect(await scene.page.locator('#articles img').count()).toBe(0);
  });

  test('reconnects by itself when the application is back, and shows what it missed', async () => {
    await scene.stopApp();
    await scene.page.locator('#connection:not([data-state=live])').waitFor();
    scene.cms.put({ slug: 'fourth', title: 'The fourth' });
    await scene.startApp();
    await connectionIs('live');
    await shows('#articles li', 'The fourth');
  });

  test('shows the CI board after the login', async () => {
    await scene.page.click('#account a');
    await scene.page.fill('input[name=login]', scene.authorization.user.login);
    await scene.page.fill('input[name=password]', scene.authorization.user.password);
    await scene.page.click('button:not([name=refuse])');
    await scene.page.waitForURL('**/live');
    await shows('#board h3', scene.semaphore.samples.projectName);
    await scene.page.locator('#board [data-pipeline]').first().waitFor();
    await connectionIs('live');
  });

  test('shows a pipeline in its new state soon after it changed', async () => {
    const { url, token, samples } = scene.semaphore;
    const pipeline = `[data-pipeline="${samples.pipelineId}"]`;
    await shows(`${pipeline} .state`, 'running');
    await scene.page.locator(`${pipeline} .jobs`).waitFor();
    await fetch(`${url}/pipelines/${samples.pipelineId}`, {
      method: 'PATCH',
      headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ terminate_request: true }),
    });
    await scene.page.locator(`${pipeline} .state`, { hasNotText: 'running' }).waitFor();
  });

  test('goes on without a connection with what it knew, and says so', async () => {
    await scene.page.context().setOffline(true);
    await scene.page.reload();
    await connectionIs('offline');
    await shows('#connection', 'this is from');
    await shows('#articles li', 'The fourth');
    await shows('#board h3', scene.semaphore.samples.projectName);
    await scene.page.context().setOffline(false);
    await connectionIs('live');
  });

  test('forgets what was one user’s when they log out', async () => {
    await scene.page.click('#account button');
    await scene.page.waitForURL('**/session/end**').catch(() => undefined);
    await visit();
    await shows('#ci-note', 'Log in to see the CI board');
    const kept = `caches.open('live-private-1').then((cache) => cache.keys()).then((all) => all.map(({ url }) => url))`;
    expect(JSON.stringify(await scene.page.evaluate(kept))).not.toContain('/ci/');
  });

  test('keeps to its Content-Security-Policy', async () => {
    expect(scene.complaints).toEqual([]);
    expect((await scene.page.goto(`${scene.breakwater().url}/live`))!.headers()['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'",
    );
  });
});
