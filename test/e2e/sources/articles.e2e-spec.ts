import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf } from '../../support/ask.ts';
import type { TestEventSource } from '../../support/event-source.ts';
import { eventually } from '../../support/eventually.ts';
import { KINDS, startCmsScene, tellOf, type CmsScene } from '../articles/cms-scene.ts';
import { Listeners } from './listeners.ts';

let scene: CmsScene;
let listeners: Listeners;
let source: TestEventSource;

const start = async (kind: (typeof KINDS)[number] = 'contract'): Promise<void> => {
  scene = await startCmsScene({ kind, cms: { articles: [{ slug: 'news', title: 'Old' }] } });
  listeners = new Listeners();
  source = await listeners.listen(scene.breakwater, 'articles');
};
afterEach(async () => {
  await listeners.dropAll();
  await scene.close();
});

/** Whatever was told before it is known when it comes. */
const marked = async (): Promise<unknown[]> => {
  const before = source.events.length;
  expect((await scene.tell('entry.publish', 'the-mark')).status).toBe(204);
  await eventually(() =>
    expect(
      source.events
        .slice(before)
        .map(({ data }) => data)
        .join(),
    ).toContain('the-mark'),
  );
  return source.dataOf().slice(0, -1);
};

const titleOf = async (): Promise<string> => jsonOf<{ title: string }>(await scene.get('articles/news')).title;

describe('what the CMS tells of an article', () => {
  beforeEach(() => start());

  it.each([
    ['entry.publish', { change: 'publish', slug: 'news' }],
    ['entry.unpublish', { change: 'unpublish', slug: 'news' }],
    ['entry.update', { change: 'update', slug: null }],
    ['entry.create', { change: 'create', slug: null }],
    ['entry.delete', { change: 'delete', slug: null }],
  ])('is told everybody, without what only its authors may know: %s', async (event, data) => {
    const others = await Promise.all([1, 2].map(() => listeners.listen(scene.breakwater, 'articles')));
    await scene.tell(event, 'news');
    for (const one of [source, ...others]) {
      await eventually(() => expect(one.dataOf('article.changed')).toEqual([data]));
      expect(one.headers).toEqual({});
    }
  });

  it('is nothing but that: no title, no text', async () => {
    scene.cms.put({ slug: 'news', title: 'Of a draft', body: 'That nobody may read' });
    await scene.tell('entry.publish', 'news');
    await eventually(() => expect(source.events).toHaveLength(1));
    expect(Object.keys(source.dataOf()[0] as object)).toEqual(['change', 'slug']);
  });

  it.each<[string, string, object, Record<string, string>, number]>([
    ['with another secret', 'entry.publish', {}, { 'x-webhook-secret': 'a guess' }, 401],
    ['without a secret', 'entry.publish', {}, { 'x-webhook-secret': '' }, 401],
    ['of another model', 'entry.publish', { model: 'page', uid: 'api::page.page' }, {}, 204],
    ['of a medium', 'media.create', { event: 'media.create' }, {}, 204],
    ['that contradicts itself', 'entry.publish', { event: 'entry.delete' }, {}, 400],
    ['without a model', 'entry.publish', { model: undefined, uid: undefined }, {}, 400],
  ])('is not told %s', async (_what, event, own, headers, status) => {
    const body = { ...scene.cms.webhookBody(event, 'news'), ...own };
    expect((await tellOf(scene.breakwater, event, body, headers)).status).toBe(status);
    expect(await marked()).toEqual([]);
  });

  it.each([
    ['none', undefined],
    ['a number', 7],
    ['an object', { toString: 'news' }],
    ['longer than any', 'x'.repeat(256)],
  ])('is told without a slug that is %s', async (_what, slug) => {
    const body = { ...scene.cms.webhookBody('entry.publish', 'news'), entry: { slug } };
    expect((await tellOf(scene.breakwater, 'entry.publish', body)).status).toBe(204);
    expect(await marked()).toEqual([{ change: 'publish', slug: null }]);
  });

  it('cannot make lines of its own in the stream', async () => {
    const slug = 'a\n\nevent: reset\ndata: {}\n\n';
    const body = { ...scene.cms.webhookBody('entry.publish', 'news'), entry: { slug } };
    await tellOf(scene.breakwater, 'entry.publish', body);
    const told = await marked();
    expect(source.events.map(({ type }) => type)).toEqual(['article.changed', 'article.changed']);
    expect(told).toEqual([{ change: 'publish', slug }]);
  });
});

describe.each(KINDS)('whoever reads an article of a CMS of kind %s, when told that it changed', (kind) => {
  it('gets it as it is now', async () => {
    await start(kind);
    for (const title of ['New', 'Newer', 'Newest']) {
      const before = await titleOf();
      scene.cms.put({ slug: 'news', title });
      // What is kept is still fresh.
      expect(await titleOf()).toBe(before);
      const told = source.events.length;
      const telling = scene.tell('entry.publish', 'news');
      await eventually(() => expect(source.events.length).toBe(told + 1));
      expect(await titleOf()).toBe(title);
      await telling;
    }
  });
});
