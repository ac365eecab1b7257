import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CacheInvalidation } from '../../src/outbound/index.ts';
import { ask, jsonOf, problemOf, type Answer } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { startPokeApi } from '../upstreams/pokeapi.stand-in.ts';

const TOKEN = 'a-token-for-operators-only';

let breakwater: TestApp;
/** What was asked to be forgotten: provider and tag. */
let asked: (string | undefined)[][];

const recorder = {
  invalidate: (provider: string, tag?: string): Promise<number> => {
    asked.push([provider, tag]);
    return Promise.resolve(3);
  },
};

beforeAll(async () => {
  breakwater = await createApp({
    env: { OPS_TOKEN: TOKEN },
    override: (builder) => builder.overrideProvider(CacheInvalidation).useValue(recorder),
  });
});
beforeEach(() => {
  asked = [];
});
afterAll(() => breakwater.close());

const forget = (query: string, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  ask(`${breakwater.url}/ops/cache${query}`, { method: 'DELETE', headers });

const fieldsOf = (answer: Answer): [number, string, string[] | undefined] => {
  const { code, errors } = problemOf(answer);
  return [answer.status, code, errors?.map(({ field }) => field)];
};

describe('DELETE /ops/cache', () => {
  it.each(['?provider=pokeapi', '', '?provider=nobody'])('is for operators only: %s', async (query) => {
    expect((await forget(query, {})).status).toBe(401);
    expect((await forget(query, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect(asked).toEqual([]);
  });

  it.each(['', '?provider=', '?provider=nobody', '?provider=__proto__', '?provider=pokeapi&provider=pokeapi'])(
    'tells which external services there are, when asked for %s',
    async (query) => {
      const answer = await forget(query);
      expect(fieldsOf(answer)).toEqual([400, 'invalid_request', ['provider']]);
      expect(problemOf(answer).errors?.[0]?.detail).toBe('must be one of: authorization, cms, pokeapi, semaphore');
      expect(asked).toEqual([]);
    },
  );

  it.each(['&tag=', `&tag=${'x'.repeat(201)}`, '&tag=a%0Ab', '&tag=a%00', '&tag=%E2%80%8B', '&tag=a&tag=b'])(
    'refuses a tag that nothing can bear: %s',
    async (tag) => {
      expect(fieldsOf(await forget(`?provider=pokeapi${tag}`))).toEqual([400, 'invalid_request', ['tag']]);
      expect(asked).toEqual([]);
    },
  );

  it('refuses what it does not know', async () => {
    const answer = await forget('?provider=pokeapi&tags=a');
    expect(fieldsOf(answer)).toEqual([400, 'invalid_request', ['tags']]);
  });

  it.each([
    ['?provider=pokeapi', undefined],
    ['?provider=pokeapi&tag=getPokemon', 'getPokemon'],
    ['?provider=pokeapi&tag=pok%C3%A9mon%20%2F6', 'pokémon /6'],
    [`?provider=pokeapi&tag=${'x'.repeat(200)}`, 'x'.repeat(200)],
  ])('forgets, and tells how much: %s', async (query, tag) => {
    const answer = await forget(query);
    expect([answer.status, jsonOf(answer)]).toEqual([200, { forgotten: 3 }]);
    expect(asked).toEqual([['pokeapi', tag]]);
  });

  it('is at that address and by that method alone', async () => {
    const init = { headers: { authorization: `Bearer ${TOKEN}` } };
    expect((await ask(`${breakwater.url}/ops/cache?provider=pokeapi`, init)).status).toBe(404);
    const versioned = `${breakwater.url}/api/v1/ops/cache?provider=pokeapi`;
    expect((await ask(versioned, { ...init, method: 'DELETE' })).status).toBe(404);
  });

  it('is documented', async () => {
    const { paths } = jsonOf<{ paths: Record<string, { delete?: { responses: object; parameters: object[] } }> }>(
      await ask(`${breakwater.url}/docs/openapi.json`),
    );
    const { responses, parameters } = paths['/ops/cache']!.delete!;
    expect(Object.keys(responses).sort()).toEqual(['200', '400', '401', '403']);
    expect(parameters).toMatchObject([
      { name: 'provider', in: 'query', required: true },
      { name: 'tag', in: 'query', required: false },
    ]);
  });
});

describe('what was forgotten', () => {
  it.each(['', '&tag=getPokemon'])('is fetched anew: ?provider=pokeapi%s', async (tag) => {
    const pokeApi = await startPokeApi();
    const app = await createApp({ env: { POKEAPI_URL: pokeApi.url } });
    const statusOf = async (path: string): Promise<string | null> =>
      (await ask(`${app.url}/api/v1/${path}`)).headers.get('cache-status');
    await statusOf('getCharizard');
    await statusOf('pokemon?limit=1');
    expect(await statusOf('getCharizard')).toContain('; hit');
    const answer = await ask(`${app.url}/ops/cache?provider=pokeapi${tag}`, { method: 'DELETE' });
    expect(jsonOf<{ forgotten: number }>(answer).forgotten).toBeGreaterThan(0);
    expect(await statusOf('getCharizard')).toContain('; fwd=uri-miss');
    expect(await statusOf('pokemon?limit=1')).toContain(tag === '' ? '; fwd=uri-miss' : '; hit');
    await app.close();
    await pokeApi.close();
  });
});
