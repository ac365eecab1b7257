import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ArticlesRepository } from '../../../src/features/articles/articles.repository.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startCms } from '../../upstreams/cms.stand-in.ts';
import type { CmsStandIn } from '../../upstreams/cms/cms-handles.ts';
import { KINDS, tellOf, urlOf, WEBHOOK_SECRET } from '../articles/cms-scene.ts';

const PATHS = ['articles/news', 'articles'];
const MINUTE_MS = 60_000;
/** Fresh for a minute, as we say for a CMS that says nothing; then stale for ten, and for a day when the CMS fails. */
const KEPT = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400';

let cms: CmsStandIn;
let clock: FakeClock;
let breakwater: TestApp;

const get = (path: string, init: RequestInit = {}): Promise<Answer> => ask(`${breakwater.url}/api/v1/${path}`, init);

describe.each(KINDS)('articles of a CMS of kind %s', (kind) => {
  beforeEach(async () => {
    cms = await startCms({ articles: [{ slug: 'news', title: 'Old' }] });
    clock = new FakeClock();
    const theirs = { CMS_URL: urlOf(cms, kind), CMS_KIND: kind, CMS_WEBHOOK_SECRET: WEBHOOK_SECRET };
    breakwater = await createApp({
      env: { ...theirs, CMS_MAX_ATTEMPTS: '1' },
      override: (builder) => builder.overrideProvider(Clock).useValue(clock),
    });
  });
  afterEach(async () => {
    await breakwater.close();
    await cms.close();
  });

  const titleOf = (answer: Answer): string | undefined => {
    const { title, items } = jsonOf<{ title?: string; items?: { title: string }[] }>(answer);
    return title ?? items?.[0]?.title;
  };
  const tell = (secret = WEBHOOK_SECRET): Promise<Answer> =>
    tellOf(breakwater, 'entry.update', cms.webhookBody('entry.update', 'news'), { 'x-webhook-secret': secret });

  it.each(PATHS)('are repeated without another thought, until the CMS says that one changed: %s', async (path) => {
    const repository = breakwater.app.get(ArticlesRepository);
    const [one, page] = [jest.spyOn(repository, 'findOne'), jest.spyOn(repository, 'findPage')];
    const thoughtOf = (): number => one.mock.calls.length + page.mock.calls.length;
    for (const _time of [1, 2, 3]) expect(titleOf(await get(path))).toBe('Old');
    expect(thoughtOf()).toBe(1);
    cms.put({ slug: 'news', title: 'New' });
    expect((await tell('a secret of another one')).status).toBe(401);
    expect([titleOf(await get(path)), thoughtOf()]).toEqual(['Old', 1]);
    expect((await tell()).status).toBe(204);
    for (const _time of [1, 2, 3]) expect(titleOf(await get(path))).toBe('New');
    expect(thoughtOf()).toBe(2);
  });

  it.each(PATHS)('say how long they may be kept, how old they are, and where they are from: %s', async (path) => {
    const told = async () => {
      const { headers } = await get(path);
      return ['cache-control', 'age', 'cache-status'].map((name) => headers.get(name));
    };
    expect(await told()).toEqual([KEPT, '0', 'cms; fwd=uri-miss; ttl=60; stored']);
    await clock.advance(25_000);
    expect(await told()).toEqual([KEPT, '25', 'cms; hit; ttl=35']);
    expect(cms.requestCount).toBe(1);
  });

  it.each(PATHS)('are asked for by HEAD as by GET: %s', async (path) => {
    const whole = await get(path);
    const head = await get(path, { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['content-type', 'etag', 'cache-control'])
      expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
    expect(cms.requestCount).toBe(1);
    expect((await get('articles/gone', { method: 'HEAD' })).status).toBe(404);
  });

  it.each(PATHS)('are not sent again to who has them, until they changed: %s', async (path) => {
    const etag = (await get(path)).headers.get('etag')!;
    const ifNew = (): Promise<Answer> => get(path, { headers: { 'if-none-match': etag } });
    const same = await ifNew();
    expect([same.status, same.text, same.headers.get('etag')]).toEqual([304, '', etag]);
    expect(same.headers.get('cache-control')).toBe(KEPT);
    cms.put({ slug: 'news', title: 'New' });
    expect((await ifNew()).status).toBe(304);
    await tell();
    const changed = await ifNew();
    expect([changed.status, titleOf(changed)]).toEqual([200, 'New']);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it.each(PATHS)('outlive the CMS for a day, and say so: %s', async (path) => {
    await get(path);
    cms.failFrom(-1, 503);
    await clock.advance(12 * MINUTE_MS);
    const stale = await get(path);
    expect([stale.status, titleOf(stale)]).toEqual([200, 'Old']);
    expect(stale.headers.get('cache-status')).toBe('cms; fwd=stale; fwd-status=503; ttl=-660; detail=stale-if-error');
    expect(Number(stale.headers.get('age'))).toBe(720);
    await clock.advance(24 * 60 * MINUTE_MS);
    expect(problemOf(await get(path))).toMatchObject({ status: 502, code: 'upstream_failed', provider: 'cms' });
  });

  it('that were never read, or are exported, are not there while the CMS is down', async () => {
    await get('articles/news');
    cms.failFrom(-1, 503);
    for (const path of ['articles/other', 'articles?limit=7', 'articles/export'])
      expect(problemOf(await get(path))).toMatchObject({ status: 502, provider: 'cms' });
    expect((await get('articles/news')).status).toBe(200);
  });

  it('that are known to have changed are not served as they were, although the CMS is down', async () => {
    for (const path of PATHS) await get(path);
    cms.failFrom(-1, 503);
    expect((await tell()).status).toBe(204);
    for (const path of PATHS) expect(problemOf(await get(path))).toMatchObject({ status: 502, provider: 'cms' });
    cms.mend();
    cms.put({ slug: 'news', title: 'New' });
    // Until the circuit may be closed again.
    await clock.advance(MINUTE_MS);
    for (const path of PATHS) expect(titleOf(await get(path))).toBe('New');
  });
});
