import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { withEnvironment } from '../../../test/support/with-environment.ts';
import type { CmsStandIn } from '../../../test/upstreams/cms/cms-handles.ts';
import { startCms } from '../../../test/upstreams/cms.stand-in.ts';
import { cms } from './cms.provider.ts';
import { StrapiCms } from './strapi-cms.client.ts';

const MINUTE_MS = 60_000;

/** A `Date` has whole seconds, so an answer may be taken for older than it is. */
const MARGIN_MS = 2_000;

let upstream: CmsStandIn;
let clock: FakeClock;
let built: BuiltProvider;
let client: StrapiCms;

beforeEach(async () => {
  upstream = await startCms({ articles: [{ slug: 'news', title: 'Old' }] });
  clock = new FakeClock(Date.now());
  const options = await withEnvironment({ CMS_URL: upstream.strapiUrl }, () => Promise.resolve(cms.config()));
  built = buildProvider({ ...options, operations: cms.operations, clock, maxAttempts: 1 });
  client = new StrapiCms(built.client, options);
});
afterEach(async () => {
  await built.provider.close();
  await upstream.close();
});

describe.each([
  ['an article', async () => (await client.get('news'))?.title],
  ['a list', async () => (await client.getArticles(10, 0)).articles[0]?.title],
])('%s of Strapi, who says nothing of keeping', (_what, read) => {
  it('is fresh for a minute', async () => {
    await read();
    upstream.put({ slug: 'news', title: 'New' });
    await clock.advance(MINUTE_MS - MARGIN_MS);
    expect([await read(), upstream.requestCount]).toEqual(['Old', 1]);
  });

  it('is given stale for ten minutes more, while it is fetched anew', async () => {
    await read();
    upstream.put({ slug: 'news', title: 'New' });
    await clock.advance(11 * MINUTE_MS - MARGIN_MS);
    expect(await read()).toBe('Old');
    await eventually(async () => expect(await read()).toBe('New'));
    expect(upstream.requestCount).toBe(2);
  });

  it('is waited for after that', async () => {
    await read();
    upstream.put({ slug: 'news', title: 'New' });
    await clock.advance(12 * MINUTE_MS);
    expect(await read()).toBe('New');
  });

  it('is given stale for a day when Strapi fails, and no longer', async () => {
    await read();
    upstream.failFrom(0);
    await clock.advance(24 * 60 * MINUTE_MS);
    expect([await read(), upstream.requestCount]).toEqual(['Old', 2]);
    await clock.advance(2 * MINUTE_MS);
    expect(await rejectionOf(read())).toMatchObject({ code: 'upstream_failed' });
  });
});
