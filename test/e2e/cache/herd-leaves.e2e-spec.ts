import { afterEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { callAs, type Caller } from '../../support/caller.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

let pokeApi: PokeApiStandIn;
let breakwater: TestApp;
/** Requests that have reached the application. */
let arrived: number;

const start = async (latencyMs: number): Promise<void> => {
  pokeApi = await startPokeApi({ latencyMs });
  breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url, LOG_LEVEL: 'error' } });
  arrived = 0;
  breakwater.app.getHttpServer().on('request', () => (arrived += 1));
};
afterEach(async () => {
  await breakwater.close();
  await pokeApi.close();
});

const url = (): string => `${breakwater.url}/api/v1/pokemon/charizard`;

/** Resolves once they all wait for the answer. */
const callAtOnce = async (count: number): Promise<Caller[]> => {
  const callers = Array.from({ length: count }, () => callAs(url()));
  await eventually(() => expect([arrived, pokeApi.requests.length]).toEqual([count, 1]));
  return callers;
};

const hangUp = (callers: readonly Caller[]) => Promise.all(callers.map((caller) => caller.hangUp()));

describe('callers that hang up', () => {
  it('do not disturb those who stay, not even the one who came first', async () => {
    await start(500);
    const callers = await callAtOnce(100);
    await hangUp(callers.slice(0, 50));
    const ended = await Promise.all(callers.map((caller) => caller.ended));
    expect(ended).toEqual([...Array<undefined>(50).fill(undefined), ...Array<number>(50).fill(200)]);
    expect([pokeApi.requests.length, pokeApi.abortedRequests]).toEqual([1, 0]);
  });

  it('abort the upstream request when nobody is left', async () => {
    await start(10_000);
    const callers = await callAtOnce(50);
    await hangUp(callers.slice(1));
    expect((await ask(`${breakwater.url}/health/live`)).status).toBe(200);
    expect(pokeApi.abortedRequests).toBe(0);
    await hangUp(callers.slice(0, 1));
    await eventually(() => expect(pokeApi.abortedRequests).toBe(1));
  });

  it('leave nothing behind for who comes next', async () => {
    await start(300);
    await hangUp(await callAtOnce(20));
    await eventually(() => expect(pokeApi.abortedRequests).toBe(1));
    expect((await ask(url())).status).toBe(200);
    expect(pokeApi.requests).toHaveLength(2);
  });

  it('do not disturb who comes while they leave', async () => {
    await start(300);
    const callers = await callAtOnce(20);
    const [, answer] = await Promise.all([hangUp(callers), ask(url())]);
    expect(answer.status).toBe(200);
  });
});
