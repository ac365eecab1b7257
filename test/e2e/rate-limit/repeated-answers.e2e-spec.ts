import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

let pokeApi: PokeApiStandIn;
let breakwater: TestApp;

beforeEach(async () => {
  pokeApi = await startPokeApi();
});
afterEach(async () => {
  await breakwater.close();
  await pokeApi.close();
});

const start = async (env: Record<string, string>): Promise<void> => {
  breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url, ...env } });
};

const get = (): Promise<Answer> => ask(`${breakwater.url}/api/v1/getCharizard`);

const leftOf = ({ headers }: Answer): string | undefined =>
  /^"default";r=(\d+);t=\d+$/.exec(headers.get('ratelimit') ?? '')?.[1];

describe('a repeated answer', () => {
  it('counts, says what is left, and is refused beyond that', async () => {
    await start({ RATE_LIMIT: '4/600' });
    const answers = [await get(), await get(), await get(), await get()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.map(leftOf)).toEqual(['3', '2', '1', '0']);
    expect(breakwater.receipts.length).toBe(1);
    for (const { headers } of answers) expect(headers.get('ratelimit-policy')).toBe('"default";q=4;w=600');
    const refused = await get();
    expect(problemOf(refused)).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    expect(breakwater.receipts.length).toBe(1);
  });

  it('speaks of no limit when there is none', async () => {
    await start({});
    for (const { status, headers } of [await get(), await get()])
      expect([status, headers.get('ratelimit'), headers.get('ratelimit-policy')]).toEqual([200, null, null]);
    expect(breakwater.receipts.length).toBe(1);
  });
});
