import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SourceFreshness } from '../../../src/platform/context/answer-freshness.ts';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { askRaw } from '../../support/raw-http.ts';
import { source, sourced } from './sourced.module.ts';

let breakwater: TestApp;
let sources: SourceFreshness[];

beforeAll(async () => {
  breakwater = await createApp({ imports: [sourced(() => sources)] });
});
beforeEach(() => {
  sources = [source()];
});
afterAll(() => breakwater.close());

const get = (path: string, init?: RequestInit): Promise<Answer> => ask(breakwater.url + path, init);

/** Cache-Control, Age and Cache-Status. */
const toldBy = ({ headers }: Answer): (string | null)[] =>
  ['cache-control', 'age', 'cache-status'].map((name) => headers.get(name));

describe('an answer that no upstream had a part in', () => {
  it.each(['/health/live', '/health/providers', '/docs', '/docs/openapi.json', '/api/v1/sourced/small', '/nowhere'])(
    'is not kept: %s',
    async (path) => {
      sources = [];
      expect(toldBy(await get(path))).toEqual(['no-store', null, null]);
    },
  );

  it('is kept as long as the handler says', async () => {
    expect(toldBy(await get('/problems/not_found'))).toEqual(['public, max-age=86400', null, null]);
  });

  it('is kept as long as those allow who serve files', async () => {
    const [, script] = /<script src="([^"]+)"/.exec((await get('/docs')).text) ?? [];
    const { pathname } = new URL(script!, `${breakwater.url}/docs`);
    const { status, headers } = await get(pathname);
    expect([status, headers.get('cache-control')]).toEqual([200, expect.stringMatching(/^public/)]);
    const tag = headers.get('etag')!;
    const again = await askRaw(breakwater.url, pathname, { 'If-None-Match': tag });
    expect([again.status, again.text.length, again.headers['etag']]).toEqual([304, 0, tag]);
  });
});

describe('an answer of upstreams', () => {
  it.each(['GET', 'HEAD'])('is kept as long as they allow, all together, on %s', async (method) => {
    sources = [
      source({ ageMs: 20_001, staleWhileRevalidateMs: 90_000, browserLifetimeMs: 50_000 }),
      source({ cacheStatus: 'pokeapi; fwd=uri-miss; stored', lifetimeMs: 100_000 }),
    ];
    expect(toldBy(await get('/api/v1/sourced/small', { method }))).toEqual([
      'public, max-age=50, s-maxage=60, stale-while-revalidate=61',
      '21',
      'pokeapi; hit, pokeapi; fwd=uri-miss; stored',
    ]);
  });

  it.each(['/api/v1/sourced/long', '/api/v1/sourced/bytes', '/api/v1/sourced/nothing'])(
    'is kept whatever it looks like: %s',
    async (path) => {
      expect(toldBy(await get(path))).toEqual(['public, max-age=60', '0', 'pokeapi; hit']);
    },
  );

  it('is kept by nobody else, when a credential of the caller was involved', async () => {
    sources = [source(), source({ isPrivate: true })];
    expect(toldBy(await get('/api/v1/sourced/small'))[0]).toBe('private, max-age=60');
  });

  it('is not kept, when one may not be', async () => {
    sources = [source(), source({ cacheStatus: 'pokeapi; fwd=miss', storable: false })];
    const told = ['no-store', null, 'pokeapi; hit, pokeapi; fwd=miss'];
    expect(toldBy(await get('/api/v1/sourced/small'))).toEqual(told);
  });

  it('is not kept while it is still being made', async () => {
    const answer = await get('/api/v1/sourced/stream');
    expect([answer.text, ...toldBy(answer)]).toEqual(['charizard', 'no-store', null, 'pokeapi; hit']);
  });

  it('is kept as long as the handler says, who knows better', async () => {
    expect(toldBy(await get('/api/v1/sourced/opinionated'))).toEqual(['public, max-age=5', null, 'pokeapi; hit']);
  });

  it('that is a problem is not kept, and tells all the same who was asked', async () => {
    const answer = await get('/api/v1/sourced/missing');
    expect(problemOf(answer)).toMatchObject({ status: 404, code: 'not_found' });
    expect(toldBy(answer)).toEqual(['no-store', null, 'pokeapi; hit']);
    expect(answer.headers.get('etag')).toBeNull();
  });

  it('that is an error in the words of its handler is not kept either', async () => {
    const answer = await get('/api/v1/sourced/withdrawn');
    expect([answer.status, ...toldBy(answer)]).toEqual([410, 'no-store', null, 'pokeapi; hit']);
  });

  it('tells of sixteen at most', async () => {
    sources = Array.from({ length: 20 }, (_, index) => source({ cacheStatus: `p${index}; hit`, ageMs: index * 1_000 }));
    const [, age, cacheStatus] = toldBy(await get('/api/v1/sourced/small'));
    expect(cacheStatus?.split(', ')).toEqual(sources.slice(0, 16).map((each) => each.cacheStatus));
    expect(age).toBe('19');
  });

  it('to POST is nobody else’s', async () => {
    const answer = await get('/api/v1/sourced/small', { method: 'POST' });
    expect([answer.status, ...toldBy(answer), answer.headers.get('etag')]).toEqual([200, null, null, null, null]);
  });
});
