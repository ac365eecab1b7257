import { afterEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import type { CmsOptions, StoredArticle } from '../../upstreams/cms/cms-handles.ts';
import { KINDS, startCmsScene, type CmsScene, type Kind } from './cms-scene.ts';
import { linesOf, readExport } from './export-reading.ts';

let scene: CmsScene;

const start = async (cms: CmsOptions, kind: Kind = 'contract'): Promise<void> => {
  scene = await startCmsScene({ kind, cms });
};
afterEach(() => scene.close());

/** What breaks lines, JSON or encodings when it is not written with care. */
const DIFFICULT: readonly string[] = [
  'Größe – 日本語 – 🦖',
  'one\ntwo\r\nthree',
  'one\u2028two\u2029three\u0085four\u000bfive\u000csix',
  '\\n is not a newline, " is a quote, \\',
  '\u0000\u0007\u001b[31m',
  '\ud83d alone',
  '</script>',
  '',
];

describe.each(KINDS)('an export of a CMS (%s)', (kind) => {
  it.each([1, 99, 100, 101, 1_234])('of %i articles has each once, in order', async (generated) => {
    await start({ generated }, kind);
    const exported = await readExport(scene.breakwater);
    expect(exported).toMatchObject({ status: 200, isWhole: true });
    const slugs = linesOf(exported).map(({ slug }) => slug);
    expect(slugs).toEqual(Array.from({ length: generated }, (_, n) => `generated-${String(n).padStart(7, '0')}`));
  });

  it('of nothing is empty, and all went well', async () => {
    await start({ articles: [] }, kind);
    expect(await readExport(scene.breakwater)).toMatchObject({ status: 200, text: '', isWhole: true });
  });

  it('has an article a line, with its five fields and no more', async () => {
    await start(
      { articles: [{ slug: 'one', title: 'One', body: null, publishedAt: '2026-01-01T09:00:00.000Z' }] },
      kind,
    );
    const [line] = linesOf(await readExport(scene.breakwater));
    expect(Object.keys(line!)).toEqual(['slug', 'title', 'body', 'publishedAt', 'updatedAt']);
    expect(line).toMatchObject({ slug: 'one', title: 'One', body: null, publishedAt: '2026-01-01T09:00:00.000Z' });
  });

  it('tells every text as it is, and each in one line', async () => {
    const articles = DIFFICULT.map((body, n): StoredArticle => ({ slug: `slug-${n}`, title: `${n}: ${body}`, body }));
    await start({ articles }, kind);
    const exported = await readExport(scene.breakwater);
    expect(linesOf(exported).map(({ body }) => body)).toEqual(DIFFICULT);
    // As those see it to whom more than \n ends a line.
    expect(exported.text.split(/[\n\r\v\f\u0085\u2028\u2029]/).length).toBe(DIFFICULT.length + 1);
  });
});

describe('an export', () => {
  it('says what it is, and that it is not to be kept', async () => {
    await start({});
    const { headers } = await readExport(scene.breakwater, { 'if-none-match': '*' });
    expect(headers).toMatchObject({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': expect.any(String),
      'x-content-type-options': 'nosniff',
    });
    expect(headers).not.toHaveProperty('etag');
  });

  it.each(['br', 'gzip', 'br, gzip, deflate, zstd'])('is sent as it is to who accepts %s', async (accepted) => {
    await start({ generated: 300 });
    const exported = await readExport(scene.breakwater, { 'accept-encoding': accepted });
    expect(exported.headers['content-encoding']).toBeUndefined();
    expect(linesOf(exported).length).toBe(300);
  });

  it('is made anew each time', async () => {
    await start({ articles: [{ slug: 'one', title: 'One' }] });
    await readExport(scene.breakwater);
    scene.cms.put({ slug: 'two', title: 'Two' });
    expect(linesOf(await readExport(scene.breakwater)).map(({ slug }) => slug)).toEqual(['one', 'two']);
  });

  it('asked for by HEAD costs a page, and has no body', async () => {
    await start({ generated: 5_000 });
    const answer = await ask(`${scene.breakwater.url}/api/v1/articles/export`, { method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(answer.headers.get('content-length')).toBeNull();
    expect(scene.cms.requestCount).toBe(1);
  });

  it('is open to browsers of origins that are', async () => {
    scene = await startCmsScene({ env: { CORS_ORIGINS: 'https://app.example.com' } });
    const { headers } = await readExport(scene.breakwater, { origin: 'https://app.example.com' });
    expect(headers['access-control-allow-origin']).toBe('https://app.example.com');
  });
});
