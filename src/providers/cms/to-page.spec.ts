import { describe, expect, it } from '@jest/globals';
import { contractSchemas, strapiSchemas } from './cms.schema.ts';
import type { CmsPage } from './read-pages.ts';
import { toPage } from './to-page.ts';

const article = { slug: 'a', title: 'A', body: 'text', publishedAt: '2026-01-02T03:04:05Z', updatedAt: null, id: 7 };
const { id: _unread, ...entry } = article;
const read = { slug: 'a', title: 'A', body: 'text', publishedAt: '2026-01-02T03:04:05.000Z', updatedAt: null };

const ofContract = (entities: object[], bodyField = 'body'): CmsPage => {
  const { entities: entries, total } = contractSchemas(bodyField).page.parse({ entities });
  return toPage(entries, total, bodyField);
};
const ofStrapi = (data: object[], bodyField = 'body'): CmsPage => {
  const answer = strapiSchemas(bodyField).page.parse({ data, meta: { pagination: { total: 9 } } });
  return toPage(answer.data, answer.meta?.pagination?.total, bodyField);
};

describe.each([
  ['contract', ofContract, null],
  ['strapi', ofStrapi, 9],
] as const)('a page of the kind %s', (_kind, pageOf, total) => {
  it('leaves out what has no slug, and counts it', () => {
    const page = pageOf([{ ...article, slug: null }, article, { ...article, slug: '' }]);
    expect(page).toEqual({ length: 3, first: { ...entry, slug: null }, articles: [read], total });
  });

  it('shows an article without a title, or without a body, as it is', () => {
    const { articles } = pageOf([{ ...article, title: null, body: [{ type: 'paragraph' }] }]);
    expect(articles).toEqual([{ ...read, title: '', body: null }]);
  });

  it('has the text of the field that is configured', () => {
    expect(pageOf([{ ...article, content: 'other' }], 'content').articles).toEqual([{ ...read, body: 'other' }]);
  });

  it.each([
    ['no slug at all', { title: 'A' }],
    ['a slug that is a number', { ...article, slug: 7 }],
    ['no title at all', { slug: 'a' }],
    ['nothing', null],
  ])('cannot be used when one has %s', (_what, broken) => {
    expect(() => pageOf([article, broken as object])).toThrow();
  });
});
