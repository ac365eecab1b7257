import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApp, type TestApp } from '../support/create-app.ts';
import { startPokeApi, type PokeApiStandIn } from '../upstreams/pokeapi.stand-in.ts';

/** Byte for byte what callers rely on. */
const CHARIZARD =
  '{"id":6,"name":"charizard","image":"https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/6.png","height":"170 cm","weight":"90.5 kg"}';

describe.each([
  ['of ordinary size', {}],
  ['as large as the real one', { padCharizardToBytes: 371_434 }],
])('GET /api/v1/getCharizard, upstream answer %s', (_size, options) => {
  let pokeApi: PokeApiStandIn;
  let breakwater: TestApp;

  beforeAll(async () => {
    pokeApi = await startPokeApi(options);
    breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url } });
  });
  afterAll(async () => {
    await breakwater.close();
    await pokeApi.close();
  });

  it('answers exactly the five fields', async () => {
    const answer = await fetch(`${breakwater.url}/api/v1/getCharizard`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(CHARIZARD);
  });
});
