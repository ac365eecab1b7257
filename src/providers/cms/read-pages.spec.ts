import { describe, expect, it } from '@jest/globals';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import type { CmsArticle } from './cms.client.ts';
import { readPages, type CmsPage } from './read-pages.ts';

const article = (index: number): CmsArticle => ({
  slug: `n${index}`,
  title: '',
  body: null,
  publishedAt: null,
  updatedAt: null,
});

interface Behaviour {
  readonly count: number;
  readonly maxPage?: number;
  readonly total?: number | null;
}

/** A CMS, and what it was asked, as `limit@offset`. */
const cmsOf = ({ count, maxPage = 100, total = count }: Behaviour) => {
  const asked: string[] = [];
  const ask = (limit: number, offset: number): Promise<CmsPage> => {
    asked.push(`${limit}@${offset}`);
    const length = Math.max(0, Math.min(limit, maxPage, count - offset));
    const first = length > 0 ? `n${offset}` : undefined;
    return Promise.resolve({
      length,
      first,
      articles: Array.from({ length }, (_, index) => article(offset + index)),
      total,
    });
  };
  return { asked, ask };
};

type Range = Partial<Omit<Parameters<typeof readPages>[0], 'ask' | 'operation'>>;

const read = async (ask: Parameters<typeof readPages>[0]['ask'], range: Range = {}): Promise<string[]> => {
  const slugs: string[] = [];
  for await (const { articles } of readPages({ operation: 'listArticles', ask, perPage: 3, ...range })) {
    slugs.push(...articles.map(({ slug }) => slug));
  }
  return slugs;
};

const slugs = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `n${from + index}`);

describe('readPages', () => {
  it.each<[string, Behaviour, Range, number, number, string[]]>([
    ['all, and asks no further than the total', { count: 6 }, {}, 0, 6, ['3@0', '3@3']],
    ['all, to an empty page where there is no total', { count: 6, total: null }, {}, 0, 6, ['3@0', '3@3', '3@6']],
    ['all of none', { count: 0 }, {}, 0, 0, ['3@0']],
    ['from pages smaller than asked for', { count: 5, maxPage: 2 }, {}, 0, 5, ['3@0', '3@2', '3@4']],
    ['no more than its limit', { count: 9, maxPage: 2 }, { limit: 3 }, 0, 3, ['3@0', '1@2']],
    ['from its offset on', { count: 9 }, { offset: 4, limit: 2 }, 4, 6, ['2@4']],
    ['nothing beyond the end', { count: 3, total: null }, { offset: 5, limit: 3 }, 0, 0, ['3@5']],
    ['to the end where the total promises more', { count: 4, total: 9 }, {}, 0, 4, ['3@0', '3@3', '3@4']],
  ])('reads %s', async (_what, behaviour, range, from, to, calls) => {
    const { ask, asked } = cmsOf(behaviour);
    expect(await read(ask, range)).toEqual(slugs(from, to));
    expect(asked).toEqual(calls);
  });

  it('goes on from what came, when that is more than it asked for', async () => {
    const { ask } = cmsOf({ count: 10 });
    expect(await read((_limit, offset) => ask(5, offset))).toEqual(slugs(0, 10));
  });

  it('goes on behind what is no article of ours', async () => {
    const { ask, asked } = cmsOf({ count: 9 });
    const withoutFirst = async (limit: number, offset: number): Promise<CmsPage> => {
      const page = await ask(limit, offset);
      return { ...page, articles: page.articles.slice(offset === 3 ? 3 : 1) };
    };
    expect(await read(withoutFirst)).toEqual(['n1', 'n2', 'n7', 'n8']);
    expect(asked).toEqual(['3@0', '3@3', '3@6']);
  });

  it('asks for nothing before it is wanted', async () => {
    const { ask, asked } = cmsOf({ count: 9 });
    const pages = readPages({ operation: 'exportArticles', ask, perPage: 3 });
    expect(asked).toEqual([]);
    await pages.next();
    await pages.next();
    await pages.return();
    expect(asked).toEqual(['3@0', '3@3']);
  });

  it('sees a CMS that gives the same page again and again', async () => {
    const { ask, asked } = cmsOf({ count: 3, total: null });
    const error = await rejectionOf(read((limit, offset) => ask(limit, offset * 0)));
    expect(error).toMatchObject({ code: 'upstream_invalid_answer', provider: 'cms', operation: 'listArticles' });
    expect(asked).toHaveLength(2);
  });

  it.each([2, 3, 7, 100])('sees a CMS that goes round in circles of %i pages', async (pages) => {
    const { ask, asked } = cmsOf({ count: 1_000, total: null });
    const error = await rejectionOf(read((limit, offset) => ask(limit, offset % (3 * pages))));
    expect(error).toMatchObject({ code: 'upstream_invalid_answer' });
    expect(asked.length).toBeLessThanOrEqual(4 * pages);
  });

  it('sees one whose pages hold nothing of ours and never end', async () => {
    const nothing: CmsPage = { length: 3, first: '{"slug":null}', articles: [], total: null };
    expect(await rejectionOf(read(() => Promise.resolve(nothing)))).toMatchObject({ code: 'upstream_invalid_answer' });
  });

  it('sees a CMS that never ends', async () => {
    const endless = (_limit: number, offset: number): Promise<CmsPage> =>
      Promise.resolve({ length: 1, first: `n${offset}`, articles: [article(offset)], total: null });
    const pages = readPages({ operation: 'exportArticles', ask: endless, perPage: 100 });
    let read = 0;
    const all = async (): Promise<void> => {
      for await (const _page of pages) read += 1;
    };
    expect(await rejectionOf(all())).toMatchObject({ code: 'upstream_invalid_answer', operation: 'exportArticles' });
    expect(read).toBe(100_000);
  });

  it('passes on what the CMS fails with', async () => {
    const failure = new Error('refused');
    expect(await rejectionOf(read(() => Promise.reject(failure)))).toBe(failure);
  });
});
