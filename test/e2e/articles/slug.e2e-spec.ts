import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { askRaw } from '../../support/raw-http.ts';
import type { StoredArticle } from '../../upstreams/cms/cms-handles.ts';
import { behind } from './behind.ts';
import { KINDS, startCmsScene, type CmsScene } from './cms-scene.ts';

const NAMES = ['hello', 'Hello-World_2.0~x', 'café', '日本語', 'нить', 'हिन्दी', 'tide'.repeat(50), '...', 'null', '0'];
const articles: StoredArticle[] = NAMES.map((slug) => ({ slug, title: `About ${slug}`, body: null }));

describe.each(KINDS)('GET /api/v1/articles/:slug, of a CMS of kind %s', (kind) => {
  let scene: CmsScene;
  beforeAll(async () => {
    scene = await startCmsScene({ kind, cms: { articles } });
  });
  afterAll(() => scene.close());

  it.each(NAMES)('finds %s', async (slug) => {
    const answer = await scene.get(`articles/${encodeURIComponent(slug)}`);
    expect([answer.status, jsonOf(answer)]).toMatchObject([200, { slug, title: `About ${slug}`, body: null }]);
    expect(Object.keys(jsonOf<object>(answer))).toEqual(['slug', 'title', 'body', 'publishedAt', 'updatedAt']);
  });

  it('finds what is written otherwise in Unicode, in one form', async () => {
    expect(jsonOf(await scene.get(`articles/${encodeURIComponent('cafe\u0301')}`))).toMatchObject({ slug: 'café' });
  });

  it('asks the CMS once for what it has just been told', async () => {
    const before = scene.cms.requestCount;
    await scene.get('articles/hello?first');
    const again = await scene.get('articles/hello?second');
    expect(again.headers.get('cache-status')).toMatch(/^cms; hit; ttl=\d+$/);
    expect(scene.cms.requestCount - before).toBeLessThanOrEqual(1);
  });

  it.each(['hello-', 'HELLO', 'constructor', '__proto__', 'ebb-'.repeat(50)])(
    'says that there is no %s, in our words, and remembers it',
    async (slug) => {
      const problem = problemOf(await scene.get(`articles/${slug}`));
      expect(problem).toMatchObject({ status: 404, code: 'not_found', detail: `There is no article "${slug}"` });
      expect(problem).not.toHaveProperty('provider');
      const before = scene.cms.requestCount;
      expect((await scene.get(`articles/${slug}`)).status).toBe(404);
      expect(scene.cms.requestCount).toBe(before);
    },
  );

  it.each([
    ['climbing', '..%2Fadmin'],
    ['climbing in disguise', '%2e%2e'],
    ['climbing plainly', '..'],
    ['climbing twice encoded', '%252e%252e'],
    ['a dot', '.'],
    ['a slash', 'a%2Fb'],
    ['a backslash', 'a%5Cb'],
    ['a NUL', 'hel%00lo'],
    ['a NUL at the end', 'hello%00'],
    ['a line break', 'a%0d%0aX-Injected:%201'],
    ['a line break at the end', 'hello%0d%0a'],
    ['a line feed at the end', 'hello%0a'],
    ['a blank', 'hello%20world'],
    ['a blank before', '%20hello'],
    ['a query', 'hello%3Flimit=1'],
    ['another parameter', 'x&filters[title][$ne]=y'],
    ['a parameter of lists', '[$ne]'],
    ['a fragment', 'hello%23x'],
    ['a semicolon', 'hello;x=1'],
    ['a quote', '%22'],
    ['a percent sign', '100%25'],
    ['a byte order mark', '%EF%BB%BFhello'],
    ['a right-to-left mark', '%E2%80%8Fhello'],
    ['a symbol', '%F0%9F%98%80'],
    ['bytes that are no text', '%ff%fe'],
    ['half a surrogate', '%ED%A0%80'],
    ['a broken code', '%zz'],
    ['201 letters', 'a'.repeat(201)],
    ['10 KB', 'a'.repeat(10_240)],
  ])('refuses %s, and the CMS hears nothing of it', async (_what, slug) => {
    const before = scene.cms.requestCount;
    const answer = await askRaw(scene.breakwater.url, `/api/v1/articles/${slug}`);
    expect([answer.status, problemOf(answer).code]).toEqual([400, 'invalid_request']);
    expect(scene.cms.requestCount).toBe(before);
  });
});

describe('an article, of a CMS that compares slugs without regard to case', () => {
  it('is only the one of the very slug', async () => {
    const data = ['Hello', 'hello'].map((slug) => ({ slug, title: slug }));
    const scene = await behind('strapi', (_request, response) => void response.end(JSON.stringify({ data })));
    expect(jsonOf(await scene.get('articles/hello'))).toMatchObject({ title: 'hello' });
    expect((await scene.get('articles/HELLO')).status).toBe(404);
    await scene.close();
  });
});
