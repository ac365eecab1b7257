import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EventHub } from '../../../src/realtime/event-hub.ts';
import { ask, jsonOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import type { CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import { tellOf, WEBHOOK_SECRET } from '../articles/cms-scene.ts';
import { Listeners } from './listeners.ts';

describeWithRedis('a change of an article, where two instances share a Redis', () => {
  let cms: CmsStandIn;
  let redis: TestRedis;
  let instances: readonly [TestApp, TestApp];
  let listeners: Listeners;

  beforeEach(async () => {
    [cms, redis] = await Promise.all([startCms({ articles: [{ slug: 'news', title: 'Old' }] }), startRedis()]);
    const env = { CMS_URL: cms.contractUrl, REDIS_URL: redis.url, CMS_WEBHOOK_SECRET: WEBHOOK_SECRET };
    instances = [await createApp({ env }), await createApp({ env })];
    listeners = new Listeners();
  });
  afterEach(async () => {
    await listeners.dropAll();
    await Promise.all(instances.map((instance) => instance.close()));
    await Promise.all([cms.close(), redis.stop()]);
  });

  const titleOf = async ({ url }: TestApp): Promise<string> =>
    jsonOf<{ title: string }>(await ask(`${url}/api/v1/articles/news`)).title;

  it('is told once to the listeners of both, whichever heard of it, under the same id', async () => {
    const sources = await Promise.all(instances.map((instance) => listeners.listen(instance, 'articles')));
    for (const [at, instance] of instances.entries()) {
      const event = at === 0 ? 'entry.publish' : 'entry.unpublish';
      expect((await tellOf(instance, event, cms.webhookBody(event, 'news'))).status).toBe(204);
      for (const source of sources) await eventually(() => expect(source.events).toHaveLength(at + 1));
    }
    expect(sources[0]!.dataOf()).toEqual([
      { change: 'publish', slug: 'news' },
      { change: 'unpublish', slug: 'news' },
    ]);
    expect(sources[1]!.events).toEqual(sources[0]!.events);
  });

  it('is known to the instance that tells of it, by the time it does', async () => {
    const [one, other] = instances;
    const hub = other.app.get(EventHub, { strict: false });
    let heard = (): void => undefined;
    await new Promise<void>((resolve) => {
      hub.listen('articles', { hear: () => heard(), reset: () => undefined, stand: () => resolve() });
    });
    for (let round = 1; round <= 20; round += 1) {
      await titleOf(other);
      cms.put({ slug: 'news', title: `Round ${round}` });
      const read = new Promise<string>((resolve) => {
        heard = () => resolve(titleOf(other));
      });
      await tellOf(one, 'entry.publish', cms.webhookBody('entry.publish', 'news'));
      expect(await read).toBe(`Round ${round}`);
    }
  });
});
