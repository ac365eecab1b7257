import { describe, expect, it } from '@jest/globals';
import { contractSchemas, strapiSchemas } from './cms.schema.ts';

const article = { slug: 'a', title: 'A', body: 'text', publishedAt: '2026-01-02T03:04:05Z', updatedAt: null, id: 7 };
const read = { slug: 'a', title: 'A', body: 'text', publishedAt: '2026-01-02T03:04:05.000Z', updatedAt: null };

describe.each([
  ['contract', (all: object[]) => contractSchemas('body').page.safeParse({ entities: all })],
  ['strapi', (all: object[]) => strapiSchemas('body').page.safeParse({ data: all })],
])('a page of the kind %s', (_kind, parse) => {
  it('leaves out what has no slug, and counts it', () => {
    const { data } = parse([{ ...article, slug: null }, article, { ...article, slug: '' }]);
    expect(data).toEqual({ length: 3, articles: [read], total: null });
  });

  it('shows an article without a title, or without a body, as it is', () => {
    const { data } = parse([{ ...article, title: null, body: [{ type: 'paragraph' }] }]);
    expect(data?.articles).toEqual([{ ...read, title: '', body: null }]);
  });

  it.each([
    ['no slug at all', { title: 'A' }],
    ['a slug that is a number', { ...article, slug: 7 }],
    ['no title at all', { slug: 'a' }],
    ['nothing', null],
  ])('cannot be used when one has %s', (_what, broken) => {
    expect(parse([article, broken as object]).success).toBe(false);
  });
});

describe('one article', () => {
  it('has the text of the field that is configured', () => {
    const { data } = contractSchemas('content').article.safeParse({ ...article, content: 'other' });
    expect(data?.body).toBe('other');
  });

  it('has a slug', () => {
    expect(contractSchemas('body').article.safeParse({ ...article, slug: null }).success).toBe(false);
  });
});
