import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { speak } from '../../support/raw-http.ts';
import { KINDS, startCmsScene, tellOf, WEBHOOK_SECRET, type CmsScene } from './cms-scene.ts';

const CHANGES = ['entry.create', 'entry.update', 'entry.delete', 'entry.publish', 'entry.unpublish'];

let scene: CmsScene;

const titleOf = async (slug: string): Promise<string> =>
  jsonOf<{ title: string }>(await scene.get(`articles/${slug}`)).title;

const listed = async (): Promise<string[]> => {
  const { items } = jsonOf<{ items: { slug: string; title: string }[] }>(await scene.get('articles?limit=100'));
  return items.map(({ slug, title }) => `${slug}: ${title}`);
};

describe.each(KINDS)('the webhook, of a CMS of kind %s', (kind) => {
  beforeEach(async () => {
    scene = await startCmsScene({ kind, cms: { articles: [{ slug: 'news', title: 'Old' }] } });
    expect([await titleOf('news'), await listed(), (await scene.get('articles/later')).status]).toEqual([
      'Old',
      ['news: Old'],
      404,
    ]);
  });
  afterEach(() => scene.close());

  it.each(CHANGES)('makes what changed fresh on the next read, by slug and in lists: %s', async (event) => {
    scene.cms.put({ slug: 'news', title: 'New' });
    expect([await titleOf('news'), await listed()]).toEqual(['Old', ['news: Old']]);
    const { status, text } = await scene.tell(event, 'news');
    expect([status, text]).toEqual([204, '']);
    expect([await titleOf('news'), await listed()]).toEqual(['New', ['news: New']]);
  });

  it('makes one that is new, gone or of another slug be so on the next read', async () => {
    scene.cms.put({ slug: 'later', title: 'Later' });
    scene.cms.remove('news');
    await scene.tell('entry.update', 'later');
    expect([await titleOf('later'), await listed()]).toEqual(['Later', ['later: Later']]);
    expect((await scene.get('articles/news')).status).toBe(404);
  });
});

describe('the webhook', () => {
  const body = (): object => scene.cms.webhookBody('entry.update', 'how-a-breakwater-works');
  /** Whether the list has to be asked for again. */
  const isForgotten = async (): Promise<boolean> => {
    const before = scene.cms.requestCount;
    await scene.get('articles');
    return scene.cms.requestCount > before;
  };

  beforeAll(async () => {
    scene = await startCmsScene({ kind: 'strapi' });
  });
  beforeEach(() => scene.get('articles'));
  afterAll(() => scene.close());

  it('may be told the same ten times', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => scene.tell('entry.update', 'news')));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(204));
    expect(await isForgotten()).toBe(true);
    expect(await isForgotten()).toBe(false);
  });

  it.each([
    ['that names it by uid only', { model: undefined }],
    ['that names it by model only', { uid: undefined }],
    ['with fields of another time', { createdBy: { id: 1 }, __v: [[]], origin: 'x' }],
    ['of almost 1 MB', { entry: { body: 'x'.repeat(1_000_000) } }],
  ])('takes an event %s', async (_what, more) => {
    expect((await tellOf(scene.breakwater, 'entry.update', { ...body(), ...more })).status).toBe(204);
    expect(await isForgotten()).toBe(true);
  });

  it.each([
    ['trigger-test', { event: 'trigger-test', createdAt: '2026-01-01T00:00:00.000Z' }],
    ['media.update', { event: 'media.update', media: { id: 1 } }],
    ['releases.publish', { event: 'releases.publish', isPublished: true }],
    ['entry.update', { event: 'entry.update', model: 'author', uid: 'api::author.author', entry: {} }],
    ['entry.update', { event: 'entry.update', model: 'Article', uid: 'plugin::x.article', entry: {} }],
    ['entry.explode', { event: 'entry.explode', model: 'article', uid: 'api::article.article' }],
  ])('forgets nothing for %s of something else: %j', async (event, other) => {
    expect((await tellOf(scene.breakwater, event, other)).status).toBe(204);
    expect(await isForgotten()).toBe(false);
  });

  it.each<[string, string, object | string, string]>([
    ['no event', '', { event: 'entry.update', model: 'article' }, 'X-Strapi-Event'],
    ['an event that has no such name', 'entry update', { event: 'entry update', model: 'article' }, 'X-Strapi-Event'],
    ['two events', 'entry.update, entry.create', { event: 'entry.update', model: 'article' }, 'X-Strapi-Event'],
    ['a long event', 'a'.repeat(1_000), { event: 'a'.repeat(1_000) }, 'X-Strapi-Event'],
    ['an event that the body calls otherwise', 'entry.update', { event: 'entry.create', model: 'article' }, 'event'],
    ['no event in the body', 'entry.update', { model: 'article' }, 'event'],
    ['a list', 'entry.update', [{ event: 'entry.update', model: 'article' }], 'event'],
    ['null', 'entry.update', 'null', 'event'],
    ['text', 'entry.update', '"entry.update"', 'event'],
    ['no model', 'entry.update', { event: 'entry.update' }, 'model'],
    ['a model that is no name', 'entry.update', { event: 'entry.update', model: { $ne: 1 } }, 'model'],
  ])('refuses %s, naming it', async (_what, event, wrong, field) => {
    const problem = problemOf(await tellOf(scene.breakwater, event, wrong));
    expect(problem).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ field }] });
    expect(await isForgotten()).toBe(false);
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['no JSON', '{"event":', {}, 400, 'invalid_request'],
    ['nothing at all', '', {}, 400, 'invalid_request'],
    ['a dangerous name', '{"__proto__":{"event":"entry.update"}}', {}, 400, 'invalid_request'],
    ['plain text', '{"event":"entry.update"}', { 'content-type': 'text/plain' }, 400, 'invalid_request'],
    ['what nobody reads', '<event/>', { 'content-type': 'text/xml' }, 415, 'unsupported_media_type'],
    ['more than 1 MiB', JSON.stringify({ event: 'x'.repeat(1_048_576) }), {}, 413, 'payload_too_large'],
  ])('refuses %s from the CMS itself, and from others without a look at it', async (_what, text, headers, ...bad) => {
    const [status, code] = bad;
    const answer = await tellOf(scene.breakwater, 'entry.update', text, headers);
    expect(problemOf(answer)).toMatchObject({ status, code });
    const stranger = { ...headers, 'x-webhook-secret': 'a secret of another one' };
    expect(problemOf(await tellOf(scene.breakwater, 'entry.update', text, stranger))).toMatchObject({ status: 401 });
    expect(await isForgotten()).toBe(false);
  });

  it.each([
    ['no secret', ''],
    ['a wrong one', 'known to the CMS and to uS'],
    ['the beginning of it', WEBHOOK_SECRET.slice(0, -1)],
    ['more than it', `${WEBHOOK_SECRET}x`],
    ['a word before it', `Bearer ${WEBHOOK_SECRET}`],
    ['10 KB', 'x'.repeat(10_240)],
  ])('is for the CMS only, who knows the secret: %s', async (_what, secret) => {
    const answer = await tellOf(scene.breakwater, 'entry.update', body(), { 'x-webhook-secret': secret });
    expect(problemOf(answer)).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(answer.headers.get('www-authenticate')).toBe('WebhookSecret header="X-Webhook-Secret"');
    expect(answer.headers.get('x-request-id')).toBe(problemOf(answer).requestId);
    expect(await isForgotten()).toBe(false);
  });

  it('refuses a stranger before the body has come', async () => {
    const head =
      'POST /api/v1/webhooks/cms HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000000\r\n\r\n';
    expect((await speak(scene.breakwater.url, head)).status).toBe(401);
  });
});

describe('the webhook without a secret of its own', () => {
  it.each(['', 'x'.repeat(16)])('takes nothing from anybody: %j', async (secret) => {
    scene = await startCmsScene({ env: { CMS_WEBHOOK_SECRET: '' } });
    await scene.get('articles');
    const answer = await tellOf(scene.breakwater, 'entry.update', '{"event":', { 'x-webhook-secret': secret });
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'not_configured', provider: 'cms' });
    await scene.close();
  });
});
