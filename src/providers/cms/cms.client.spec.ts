import { afterEach, describe, expect, it } from '@jest/globals';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import type { CmsOptions as StandInOptions, CmsStandIn } from '../../../test/upstreams/cms/cms-handles.ts';
import { startCms } from '../../../test/upstreams/cms.stand-in.ts';
import { CmsOptions } from './cms-options.ts';
import type { CmsClient } from './cms.client.ts';
import { cms } from './cms.provider.ts';
import { ContractCms } from './contract-cms.client.ts';
import { StrapiCms } from './strapi-cms.client.ts';

let upstream: CmsStandIn;
let built: BuiltProvider;
afterEach(async () => {
  await built.provider.close();
  await upstream.close();
});

const KINDS = [
  ['contract', ContractCms, 'contractUrl'],
  ['strapi', StrapiCms, 'strapiUrl'],
] as const;

describe.each(KINDS)('the client of kind %s', (_kind, Client, url) => {
  const start = async (options: StandInOptions): Promise<CmsClient> => {
    upstream = await startCms(options);
    built = buildProvider({ baseUrl: upstream[url], operations: cms.operations, cacheTtlMs: 60_000, backoffBaseMs: 1 });
    return new Client(built.client, Object.assign(new CmsOptions(), { baseUrl: upstream[url] }));
  };
  const slugsOf = async (client: CmsClient): Promise<string[]> => {
    const slugs: string[] = [];
    for await (const articles of client.getAllArticles()) slugs.push(...articles.map(({ slug }) => slug));
    return slugs;
  };

  it.each<[string, StandInOptions, number]>([
    ['a hundred at a time', { generated: 250 }, 3],
    ['fewer at a time where the CMS gives fewer', { generated: 250, maxPage: 30 }, 9],
    ['none', { articles: [] }, 1],
  ])('gives every article once, in order, %s', async (_how, options, calls) => {
    const client = await start(options);
    const slugs = await slugsOf(client);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect([slugs.length, upstream.requestCount]).toEqual([options.generated ?? 0, calls]);
    const { articles } = await client.getArticles(100, 0);
    expect(slugs.slice(0, 100)).toEqual(articles.map(({ slug }) => slug));
  });

  it('keeps nothing of what it gives all of', async () => {
    const client = await start({ generated: 150 });
    await slugsOf(client);
    await slugsOf(client);
    expect(upstream.requestCount).toBe(4);
  });

  it('asks for a page when it is wanted, and no more once nobody reads', async () => {
    const client = await start({ generated: 1_000 });
    const pages = client.getAllArticles()[Symbol.asyncIterator]();
    await pages.next();
    await pages.next();
    await pages.return?.();
    expect(upstream.requestCount).toBe(2);
  });

  it('fails in the middle when the CMS does', async () => {
    const client = await start({ generated: 300 });
    upstream.failFrom(200);
    const seen: number[] = [];
    const all = async (): Promise<void> => {
      for await (const articles of client.getAllArticles()) seen.push(articles.length);
    };
    expect(await rejectionOf(all())).toMatchObject({ code: 'upstream_failed', operation: 'exportArticles' });
    expect(seen).toEqual([100, 100]);
  });

  it('asks once, and gives everybody an article of their own', async () => {
    const client = await start({ articles: [{ slug: 'news', title: 'News' }] });
    const one = await client.get('news');
    (one as { title: string }).title = 'x';
    expect([(await client.get('news'))?.title, upstream.requestCount]).toEqual(['News', 1]);
  });
});
