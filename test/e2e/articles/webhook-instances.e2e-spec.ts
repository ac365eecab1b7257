import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ask, jsonOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import type { CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { tellOf, WEBHOOK_SECRET } from './cms-scene.ts';

const LISTENING = 'Listening to what other instances forget';

describeWithRedis('the webhook, where two instances share a Redis', () => {
  let cms: CmsStandIn;
  let redis: TestRedis;
  let instances: TestApp[];

  beforeEach(async () => {
    [cms, redis] = await Promise.all([startCms({ articles: [{ slug: 'news', title: 'Old' }] }), startRedis()]);
    const secret = { CMS_WEBHOOK_SECRET: WEBHOOK_SECRET };
    const env = { CMS_URL: cms.contractUrl, REDIS_URL: redis.url, LOG_LEVEL: 'debug', ...secret };
    instances = [await createApp({ env }), await createApp({ env })];
    for (const { logLines } of instances) await eventually(() => expect(logLines.join()).toContain(LISTENING));
  });
  afterEach(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await Promise.all([cms.close(), redis.stop()]);
  });

  const titles = async ({ url }: TestApp): Promise<(string | undefined)[]> => {
    const one = jsonOf<{ title: string }>(await ask(`${url}/api/v1/articles/news`));
    const { items } = jsonOf<{ items: { title: string }[] }>(await ask(`${url}/api/v1/articles`));
    return [one.title, items[0]?.title];
  };

  it.each([0, 1])('reaches both, whichever hears of it: %i', async (told) => {
    for (const instance of instances) expect(await titles(instance)).toEqual(['Old', 'Old']);
    cms.put({ slug: 'news', title: 'New' });
    for (const instance of instances) expect(await titles(instance)).toEqual(['Old', 'Old']);
    const event = cms.webhookBody('entry.publish', 'news');
    expect((await tellOf(instances[told]!, 'entry.publish', event)).status).toBe(204);
    expect(await titles(instances[told]!)).toEqual(['New', 'New']);
    for (const instance of instances)
      await eventually(async () => expect(await titles(instance)).toEqual(['New', 'New']));
  });
});
