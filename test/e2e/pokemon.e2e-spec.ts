import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { startPokeApi, type PokeApiStandIn } from '../upstreams/pokeapi.stand-in.ts';
import { KNOWN_POKEMON } from '../upstreams/pokeapi/known-pokemon.ts';

interface List {
  readonly items: readonly { readonly id: number; readonly name: string }[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

describe('GET /api/v1/pokemon', () => {
  let pokeApi: PokeApiStandIn;
  let breakwater: TestApp;
  beforeAll(async () => {
    pokeApi = await startPokeApi();
    breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url, POKEAPI_CACHE: 'off' } });
  });
  afterAll(async () => {
    await breakwater.close();
    await pokeApi.close();
  });

  const list = async (query: string): Promise<List> =>
    jsonOf<List>(await ask(`${breakwater.url}/api/v1/pokemon${query}`));
  const known = KNOWN_POKEMON.map(({ id, name }) => ({ id, name }));

  it('lists twenty, by id and name', async () => {
    expect(await list('')).toEqual({ items: known.slice(0, 20), total: known.length, limit: 20, offset: 0 });
  });

  it.each([
    ['?limit=1', 0, 1],
    ['?limit=3&offset=2', 2, 3],
    ['?offset=20', 20, 20],
    ['?limit=100', 0, 100],
  ])('pages by %s', async (query, offset, limit) => {
    expect(await list(query)).toEqual({
      items: known.slice(offset, offset + limit),
      total: known.length,
      limit,
      offset,
    });
  });

  it('is empty beyond the last', async () => {
    expect(await list('?offset=5000')).toEqual({ items: [], total: known.length, limit: 20, offset: 5_000 });
  });

  it('asks the upstream for just that page', async () => {
    await list('?limit=3&offset=2');
    expect(pokeApi.requests.at(-1)?.path).toBe('/api/v2/pokemon?limit=3&offset=2');
  });
});

describe('GET /api/v1/pokemon/:name', () => {
  let pokeApi: PokeApiStandIn;
  let breakwater: TestApp;
  beforeAll(async () => {
    pokeApi = await startPokeApi();
    breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url, POKEAPI_CACHE: 'off' } });
  });
  afterAll(async () => {
    await breakwater.close();
    await pokeApi.close();
  });

  it.each(KNOWN_POKEMON)(
    'answers the five fields of $name, by name and by id',
    async ({ id, name, heightDm, weightHg }) => {
      const byName = await ask(`${breakwater.url}/api/v1/pokemon/${name}`);
      const pokemon = jsonOf<Record<string, unknown>>(byName);
      expect(Object.keys(pokemon)).toEqual(['id', 'name', 'image', 'height', 'weight']);
      expect(pokemon).toMatchObject({ id, name, height: `${heightDm * 10} cm`, weight: `${weightHg / 10} kg` });
      expect((await ask(`${breakwater.url}/api/v1/pokemon/${id}`)).text).toBe(byName.text);
    },
  );

  it('answers 404 for one that does not exist, in our words', async () => {
    const answer = await ask(`${breakwater.url}/api/v1/pokemon/missingno`);
    expect(problemOf(answer)).toMatchObject({ status: 404, code: 'not_found', instance: '/api/v1/pokemon/missingno' });
    expect(problemOf(answer).detail).toContain('missingno');
    expect(problemOf(answer)).not.toHaveProperty('provider');
  });

  it('answers HEAD as GET, without a body', async () => {
    const [get, head] = [
      await ask(`${breakwater.url}/api/v1/pokemon/6`),
      await ask(`${breakwater.url}/api/v1/pokemon/6`, { method: 'HEAD' }),
    ];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(get.text)));
    const missing = await ask(`${breakwater.url}/api/v1/pokemon/missingno`, { method: 'HEAD' });
    expect([missing.status, missing.text]).toEqual([404, '']);
  });
});
