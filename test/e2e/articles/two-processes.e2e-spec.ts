import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { noteOutput, noteSecret } from '../../support/evidence/evidence.ts';
import { spawnApp, type SpawnedApp } from '../../support/spawn-app.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import type { CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { KINDS, urlOf, WEBHOOK_SECRET } from './cms-scene.ts';

const LISTENING = 'Listening to what other instances forget';
const EVENT = 'entry.update';
const CMS_TOKEN = 'token-of-two-processes';
const READS_AFTERWARDS = 40;

// Two processes start, on a busy machine.
jest.setTimeout(60_000);

describeWithRedis('two processes with one Redis, told by the webhook', () => {
  describe.each(KINDS)('of a CMS of kind %s', (kind) => {
    let cms: CmsStandIn;
    let redis: TestRedis;
    const processes: SpawnedApp[] = [];
    const urls: string[] = [];
    /** Slug of an article of this test's own. */
    let news: string;
    let count = 0;

    beforeAll(async () => {
      [cms, redis] = await Promise.all([startCms({ token: CMS_TOKEN }), startRedis()]);
      [CMS_TOKEN, WEBHOOK_SECRET].forEach(noteSecret);
      const theirs = { CMS_URL: urlOf(cms, kind), CMS_KIND: kind, CMS_TOKEN, CMS_WEBHOOK_SECRET: WEBHOOK_SECRET };
      const env = { ...theirs, CMS_CACHE_TTL_MS: '600000', REDIS_URL: redis.url, LOG_LEVEL: 'trace' };
      // One after the other: a start takes all that a busy machine has.
      for (const _process of [1, 2]) {
        processes.push(spawnApp({ env }));
        urls.push(await processes.at(-1)!.ready());
      }
      await Promise.all(processes.map((breakwater) => breakwater.logged(LISTENING)));
      // With a list at hand it can be seen that a first word has come.
      for (const url of urls) await ask(`${url}/api/v1/articles?limit=100`);
    });
    afterAll(async () => {
      await Promise.all(processes.map((breakwater) => breakwater.kill()));
      for (const breakwater of processes) noteOutput(breakwater.stdout() + breakwater.stderr());
      await Promise.all([cms.close(), redis.stop()]);
    });

    beforeEach(async () => {
      news = `news-of-${(count += 1)}`;
      cms.put({ slug: news, title: 'Old' });
      expect((await tell(urls[0]!, WEBHOOK_SECRET)).status).toBe(204);
      // Twice: the second answer is one that is merely repeated.
      for (const _time of [1, 2])
        for (const url of urls) await eventually(async () => expect(await read(url)).toEqual(['Old', 'Old']));
    });

    /** The title as the article has it, and as the list has it. */
    const read = async (url: string): Promise<(string | undefined)[]> => {
      const one = jsonOf<{ title: string }>(await ask(`${url}/api/v1/articles/${news}`));
      const { items } = jsonOf<{ items: { slug: string; title: string }[] }>(
        await ask(`${url}/api/v1/articles?limit=100`),
      );
      return [one.title, items.find(({ slug }) => slug === news)?.title];
    };

    const tell = (url: string, secret: string): Promise<Answer> =>
      ask(`${url}/api/v1/webhooks/cms`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-strapi-event': EVENT, 'x-webhook-secret': secret },
        body: JSON.stringify(cms.webhookBody(EVENT, news)),
      });

    it.each([0, 1])(
      'both have the change, whichever hears of it, and never again what was before: %i',
      async (told) => {
        cms.put({ slug: news, title: 'New' });
        for (const url of urls) expect(await read(url)).toEqual(['Old', 'Old']);
        expect((await tell(urls[told]!, WEBHOOK_SECRET)).status).toBe(204);
        expect(await read(urls[told]!)).toEqual(['New', 'New']);
        const other = urls[1 - told]!;
        await eventually(async () => expect(await read(other)).toEqual(['New', 'New']));
        for (let time = 0; time < READS_AFTERWARDS; time += 1)
          for (const url of urls) expect(await read(url)).toEqual(['New', 'New']);
      },
    );

    it('neither forgets anything for who does not know the secret', async () => {
      cms.put({ slug: news, title: 'New' });
      const before = cms.requestCount;
      for (const url of urls)
        for (const secret of ['', 'a secret of another one', `${WEBHOOK_SECRET} `.repeat(2)])
          expect(problemOf(await tell(url, secret))).toMatchObject({ status: 401, code: 'unauthorized' });
      // Takes longer than a word to the other process.
      for (let time = 0; time < READS_AFTERWARDS; time += 1)
        for (const url of urls) expect(await read(url)).toEqual(['Old', 'Old']);
      expect(cms.requestCount).toBe(before);
    });
  });
});
