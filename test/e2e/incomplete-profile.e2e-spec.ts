import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { startPokeApi, type PokeApiStandIn } from '../upstreams/pokeapi.stand-in.ts';
import type { Listening } from '../upstreams/stand-in.ts';
import type { Profile } from './pokemon/profile.ts';
import { startFront, type Troubles } from './pokemon/troubled-front.ts';

describe('the profile of a Pokémon whose surroundings', () => {
  let breakwater: TestApp;
  let pokeApi: PokeApiStandIn;
  let front: Listening;
  let troubles: Troubles;

  beforeEach(async () => {
    troubles = {};
    pokeApi = await startPokeApi();
    front = await startFront(pokeApi, () => troubles);
    const url = `http://127.0.0.1:${front.port}/api/v2`;
    breakwater = await createApp({
      env: { POKEAPI_URL: url, POKEAPI_BACKOFF_BASE_MS: '1', POKEAPI_BREAKER_MIN_ATTEMPTS: '1000' },
    });
  });
  afterEach(async () => {
    await breakwater.close();
    await front.close();
    await pokeApi.close();
  });

  const profileOf = async (name: string, headers = {}): Promise<Profile> =>
    jsonOf<Profile>(await ask(`${breakwater.url}/api/v1/pokemon/${name}/profile`, { headers }));

  it.each(['fails', 'is absent', 'breaks its schema'] as const)(
    'have a species that %s goes without it and its evolution',
    async (trouble) => {
      troubles = { '/pokemon-species/': trouble };
      expect(await profileOf('charizard')).toMatchObject({
        pokemon: { id: 6 },
        species: null,
        evolution: null,
        missing: ['species', 'evolution'],
      });
    },
  );

  it.each(['fails', 'is absent', 'breaks its schema'] as const)(
    'have an evolution that %s goes without it',
    async (trouble) => {
      troubles = { '/evolution-chain/': trouble };
      expect(await profileOf('charizard')).toMatchObject({
        species: { name: 'charizard' },
        evolution: null,
        missing: ['evolution'],
      });
    },
  );

  it.each([
    ['/pokemon-species/', ['species', 'evolution']],
    ['/evolution-chain/', ['evolution']],
  ])('hang at %s is answered without in time', async (place, missing) => {
    troubles = { [place]: 'hangs' };
    const headers = { 'x-request-timeout-ms': '600' };
    const answer = await ask(`${breakwater.url}/api/v1/pokemon/charizard/profile`, { headers });
    expect(answer.status).toBe(200);
    expect(jsonOf<Profile>(answer)).toMatchObject({ pokemon: { id: 6 }, missing });
    expect(answer.durationMs).toBeLessThan(2_800);
  });

  it('hang for a form of another species is answered without in time', async () => {
    troubles = { '/pokemon-species/charizard': 'hangs' };
    const headers = { 'x-request-timeout-ms': '600' };
    expect(await profileOf('charizard-mega-x', headers)).toMatchObject({
      pokemon: { id: 10_034 },
      missing: ['species', 'evolution'],
    });
  });

  it('are sound while the Pokémon itself fails is a failure', async () => {
    troubles = { '/pokemon/charizard': 'fails' };
    const answer = await ask(`${breakwater.url}/api/v1/pokemon/charizard/profile`);
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_failed', provider: 'pokeapi' });
  });

  it('are sound while the Pokémon itself hangs is a timeout', async () => {
    troubles = { '/pokemon/charizard': 'hangs' };
    const answer = await ask(`${breakwater.url}/api/v1/pokemon/charizard/profile`, {
      headers: { 'x-request-timeout-ms': '300' },
    });
    expect(problemOf(answer)).toMatchObject({ status: 504, code: 'upstream_timeout', provider: 'pokeapi' });
  });
});
