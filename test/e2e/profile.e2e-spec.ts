import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { startPokeApi, type PokeApiStandIn } from '../upstreams/pokeapi.stand-in.ts';
import type { Profile } from './pokemon/profile.ts';

const LATENCY_MS = 150;

let breakwater: TestApp;

const profileOf = async (name: string): Promise<Profile> =>
  jsonOf<Profile>(await ask(`${breakwater.url}/api/v1/pokemon/${name}/profile`));

describe('the profile of a Pokémon', () => {
  let pokeApi: PokeApiStandIn;
  beforeAll(async () => {
    pokeApi = await startPokeApi({ latencyMs: LATENCY_MS });
    breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url, POKEAPI_CACHE: 'off' } });
  });
  afterAll(async () => {
    await breakwater.close();
    await pokeApi.close();
  });

  it('has the Pokémon, its species and its evolution', async () => {
    const charizard = await ask(`${breakwater.url}/api/v1/pokemon/charizard`);
    expect(await profileOf('charizard')).toEqual({
      pokemon: jsonOf(charizard),
      species: { id: 6, name: 'charizard', isLegendary: false, isMythical: false },
      evolution: {
        name: 'charmander',
        evolvesTo: [{ name: 'charmeleon', evolvesTo: [{ name: 'charizard', evolvesTo: [] }] }],
      },
      missing: [],
    });
  });

  it.each([
    ['6', 'charizard', 'charizard', false],
    ['PIKACHU', 'pikachu', 'pikachu', false],
    ['charizard-mega-x', 'charizard-mega-x', 'charizard', false],
    ['10034', 'charizard-mega-x', 'charizard', false],
    ['deoxys-normal', 'deoxys-normal', 'deoxys', true],
    ['386', 'deoxys-normal', 'deoxys', true],
  ])('of %s is that of %s, of the species %s', async (name, pokemon, species, isMythical) => {
    expect(await profileOf(name)).toMatchObject({
      pokemon: { name: pokemon },
      species: { name: species, isMythical },
      missing: [],
    });
  });

  it('tells a branching family from its beginning', async () => {
    const { evolution } = await profileOf('espeon');
    expect(evolution?.name).toBe('eevee');
    expect(evolution?.evolvesTo.length).toBe(8);
  });

  it('asks for Pokémon and species at the same time', async () => {
    const before = pokeApi.requests.length;
    const { durationMs } = await ask(`${breakwater.url}/api/v1/pokemon/charizard/profile`);
    expect(pokeApi.requests.length - before).toBe(3);
    expect(durationMs).toBeGreaterThanOrEqual(2 * LATENCY_MS - 10);
    const [pokemon, species, evolution] = breakwater.receipts
      .slice(-3)
      .sort((one, other) => one.startedAt - other.startedAt);
    expect(species!.startedAt).toBeLessThan(pokemon!.startedAt + pokemon!.durationMs);
    expect(evolution!.startedAt - pokemon!.startedAt).toBeGreaterThanOrEqual(LATENCY_MS - 10);
  });

  it('is not there for a Pokémon that does not exist', async () => {
    const answer = await ask(`${breakwater.url}/api/v1/pokemon/missingno/profile`);
    expect(problemOf(answer)).toMatchObject({ status: 404, code: 'not_found' });
  });
});
