import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { askRaw } from '../support/raw-http.ts';
import { startPokeApi, type PokeApiStandIn } from '../upstreams/pokeapi.stand-in.ts';

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

describe('a query', () => {
  it.each([
    ['limit=0', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=101', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=-1', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=1e1', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=1.0', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=0x10', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=%205', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=5%20', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=+5', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=%D9%A5', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=NaN', 'limit', 'must be a whole number from 1 to 100'],
    ['limit=5&limit=6', 'limit', 'must be a whole number from 1 to 100'],
    ['limit[]=5', 'limit[]', 'is not known here'],
    ['offset=-1', 'offset', 'must be a whole number from 0 to 1000000'],
    ['offset=1000001', 'offset', 'must be a whole number from 0 to 1000000'],
    ['page=2', 'page', 'is not known here'],
    ['Limit=5', 'Limit', 'is not known here'],
  ])('of ?%s is refused, naming the field', async (query, field, detail) => {
    const before = pokeApi.requests.length;
    const answer = await ask(`${breakwater.url}/api/v1/pokemon?${query}`);
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ field, detail }] });
    expect(pokeApi.requests.length).toBe(before);
  });

  it('is refused with all its mistakes at once', async () => {
    const { errors } = problemOf(await ask(`${breakwater.url}/api/v1/pokemon?limit=0&offset=x&page=1`));
    expect(errors?.map(({ field }) => field).sort()).toEqual(['limit', 'offset', 'page']);
  });

  it('of ?__proto__[admin]=1 has no effect on anything', async () => {
    await ask(`${breakwater.url}/api/v1/pokemon?__proto__[admin]=1&__proto__=1`);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { admin?: string }).admin).toBeUndefined();
  });

  it.each(['limit=1', 'limit=100', 'limit=007', 'limit=5&offset=0', ''])('of ?%s is accepted', async (query) => {
    expect((await ask(`${breakwater.url}/api/v1/pokemon?${query}`)).status).toBe(200);
  });
});

describe('a name in a path', () => {
  const LONG = 'a'.repeat(10_240);

  it.each([
    ['climbing', '..%2Fadmin'],
    ['climbing in disguise', '%2e%2e'],
    ['climbing twice encoded', '%252e%252e'],
    ['a dot', '.'],
    ['a slash', 'a%2Fb'],
    ['a backslash', 'a%5Cb'],
    ['a NUL', 'char%00izard'],
    ['only a NUL', '%00'],
    ['a line break', 'a%0d%0aX-Injected:%201'],
    ['letters of other scripts', 'pok%C3%A9mon'],
    ['full-width letters', '%EF%BD%83har'],
    ['a right-to-left override', 'char%E2%80%AEizard'],
    ['a question mark', 'a%3Flimit=1'],
    ['a fragment', 'a%23b'],
    ['a blank inside', 'mr%20mime'],
    ['nothing but blanks', '%20%20'],
    ['an underscore', '__proto__'],
    ['SQL', "'%20OR%201=1--"],
    ['HTML', '%3Cscript%3E'],
    ['65 letters', 'a'.repeat(65)],
    ['8 KB', 'a'.repeat(8_000)],
  ])('with %s is refused before any call', async (_what, name) => {
    const before = pokeApi.requests.length;
    const answer = await askRaw(breakwater.url, `/api/v1/pokemon/${name}`);
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ field: 'name' }] });
    expect(Object.keys(answer.headers)).not.toContain('x-injected');
    expect(pokeApi.requests.length).toBe(before);
  });

  it.each([
    ['that climbs', '../admin'],
    ['of 10 KB', LONG],
    ['of two segments', 'a/b'],
    ['of no letter at all', ''],
  ])('%s meets no upstream either', async (_what, name) => {
    const before = pokeApi.requests.length;
    const answer = await askRaw(breakwater.url, `/api/v1/pokemon/${name}${name === '' ? '/profile' : ''}`);
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(pokeApi.requests.length).toBe(before);
  });

  it.each(['charizard', 'CHARIZARD', 'ChariZard', '%20charizard%20', '6'])('%s is charizard', async (name) => {
    const answer = await ask(`${breakwater.url}/api/v1/pokemon/${name}`);
    expect(jsonOf(answer)).toMatchObject({ id: 6, name: 'charizard' });
  });

  it('reaches the upstream in lower case', async () => {
    await ask(`${breakwater.url}/api/v1/pokemon/CHARIZARD`);
    expect(pokeApi.requests.at(-1)?.path).toBe('/api/v2/pokemon/charizard');
  });

  it.each(['constructor', 'tostring', '-', '000', '9'.repeat(64)])(
    '%s is a name like any other: there is none',
    async (name) => {
      expect(problemOf(await ask(`${breakwater.url}/api/v1/pokemon/${name}`))).toMatchObject({
        status: 404,
        code: 'not_found',
      });
    },
  );
});
