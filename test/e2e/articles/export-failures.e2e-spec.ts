import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { accessLineOf } from '../../support/access-log.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { ArticlesModule } from '../../../src/features/articles/articles.module.ts';
import { behind } from './behind.ts';
import { idOf, lastProblemOf, linesOf, openExport, readExport } from './export-reading.ts';
import { anArticle, startScripted, type Pages } from './export-scripted.ts';
import { KINDS, startCmsScene } from './cms-scene.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
const later = <T extends { close(): Promise<void> }>(opened: T): T => {
  closing.push(opened.close);
  return opened;
};

/** An answer that does come has time, on a slow machine too. */
const ONE_ATTEMPT = { CMS_MAX_ATTEMPTS: '1', CMS_ATTEMPT_TIMEOUT_MS: '2500' };

const sendPage = (response: ServerResponse, offset: number): void => {
  const entities = Array.from({ length: 100 }, (_, n) => ({ slug: `slug-${offset + n}`, title: 'T' }));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ entities }));
};

const sendJson =
  (body: string, status = 200): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(body);

/** What a CMS may do instead of answering. */
const TROUBLES: readonly (readonly [what: string, listener: RequestListener, status: number, code: string])[] = [
  ['fails', sendJson('{}', 500), 502, 'upstream_failed'],
  ['refuses us', sendJson('{}', 403), 502, 'upstream_rejected'],
  ['has had enough', sendJson('{}', 429), 503, 'upstream_throttled'],
  ['sends what is no JSON', sendJson('{"entities": ['), 502, 'upstream_invalid_answer'],
  ['sends something else', sendJson('{"items": []}'), 502, 'upstream_invalid_answer'],
  ['cuts the connection', (request) => void request.socket.destroy(), 502, 'upstream_unreachable'],
  ['never answers', () => undefined, 504, 'upstream_timeout'],
];

const startTroubled = async (listener: RequestListener, from: number): Promise<TestApp> => {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const offset = Number(new URL(request.url!, 'http://cms').searchParams.get('offset'));
    if (offset < from) sendPage(response, offset);
    else listener(request, response);
  };
  return later(await behind('contract', answer, ONE_ATTEMPT)).breakwater;
};

describe('an export of which the first page cannot be had is an ordinary problem: the CMS', () => {
  it.each(TROUBLES)('%s', async (_what, listener, status, code) => {
    const breakwater = await startTroubled(listener, 0);
    const exported = await readExport(breakwater);
    expect(exported).toMatchObject({ status, isWhole: true });
    expect(exported.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(exported.text)).toMatchObject({ code, provider: 'cms', instance: '/api/v1/articles/export' });
  });

  it('is not configured', async () => {
    const breakwater = later(await createApp({ imports: [ArticlesModule] }));
    const exported = await readExport(breakwater);
    expect(exported).toMatchObject({ status: 503, isWhole: true });
    expect(JSON.parse(exported.text)).toMatchObject({ code: 'not_configured', provider: 'cms' });
  });
});

describe('an export that cannot go on ends with a problem, and breaks off: the CMS', () => {
  it.each(TROUBLES)('%s', async (_what, listener, status, code) => {
    const breakwater = await startTroubled(listener, 200);
    const exported = await readExport(breakwater);
    expect(exported).toMatchObject({ status: 200, isWhole: false });
    const lines = linesOf(exported);
    expect(lines.slice(0, -1).map(({ slug }) => slug)).toEqual(Array.from({ length: 200 }, (_, n) => `slug-${n}`));
    expect(Object.keys(lines.at(-1)!)).toEqual(['problem']);
    expect(lastProblemOf(exported)).toMatchObject({
      type: `/problems/${code}`,
      title: expect.any(String),
      status,
      detail: expect.any(String),
      instance: '/api/v1/articles/export',
      code,
      requestId: idOf(exported),
      provider: 'cms',
    });
    const { failure } = await accessLineOf(breakwater, idOf(exported));
    expect(failure).toMatchObject({ code, provider: 'cms', reason: expect.any(String) });
  });

  it.each(KINDS)('fails in the middle, whatever its kind (%s)', async (kind) => {
    const scene = later(await startCmsScene({ kind, cms: { generated: 1_000 }, env: ONE_ATTEMPT }));
    scene.cms.failFrom(500);
    const exported = await readExport(scene.breakwater);
    expect(exported.isWhole).toBe(false);
    expect(linesOf(exported).length).toBe(501);
    expect(lastProblemOf(exported)).toMatchObject({ code: 'upstream_failed' });
  });

  it('fails once, and is asked again: nobody notices', async () => {
    let hasFailed = false;
    const flapping = (request: IncomingMessage, response: ServerResponse): void => {
      const offset = Number(new URL(request.url!, 'http://cms').searchParams.get('offset'));
      const isSound = offset !== 100 || hasFailed;
      if (offset === 100) hasFailed = true;
      if (!isSound) return sendJson('{}', 503)(request, response);
      if (offset < 300) sendPage(response, offset);
      else sendJson('{"entities": []}')(request, response);
    };
    const { breakwater } = later(await behind('contract', flapping));
    const exported = await readExport(breakwater);
    expect(exported.isWhole).toBe(true);
    expect(linesOf(exported).length).toBe(300);
  });
});

describe('a reader who has not read anything yet when the export ends with a problem', () => {
  it('finds all of it all the same, the last line whole', async () => {
    const cms = { generated: 1_000, bodyBytes: 5_000 };
    const scene = later(await startCmsScene({ cms, env: ONE_ATTEMPT }));
    scene.cms.failFrom(100);
    const reading = await openExport(scene.breakwater);
    await accessLineOf(scene.breakwater, idOf(reading));
    const exported = await reading.finish();
    expect(exported.isWhole).toBe(false);
    expect(linesOf(exported).length).toBe(101);
    expect(lastProblemOf(exported)).toMatchObject({ code: 'upstream_failed' });
  });
});

describe('a mistake of our own', () => {
  const INSIDE = 'the inside story';
  const mistaken: Pages = async function* () {
    yield [anArticle('one')];
    throw new TypeError(INSIDE);
  };

  it('ends the export as well, and is told to the log alone', async () => {
    const breakwater = later(await startScripted(mistaken));
    const exported = await readExport(breakwater);
    expect(exported.isWhole).toBe(false);
    expect(lastProblemOf(exported)).toMatchObject({ code: 'internal', status: 500 });
    expect(exported.text).not.toContain(INSIDE);
    const logged = breakwater.logLines.find((line) => line.includes('A stream failed'));
    expect(logged).toContain(INSIDE);
    expect(logged).toContain(idOf(exported));
    expect((await accessLineOf(breakwater, idOf(exported))).failure).toMatchObject({ code: 'internal' });
  });
});
