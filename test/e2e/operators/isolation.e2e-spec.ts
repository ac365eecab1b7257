import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { probe } from '../../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';
import { startPokeApi } from '../../upstreams/pokeapi.stand-in.ts';
import { auditOf, BEARER, TOKEN } from './operators-scene.ts';

let pokeApi: Awaited<ReturnType<typeof startPokeApi>>;
let upstream: FaultServer;
let breakwater: TestApp;

beforeEach(async () => {
  [pokeApi, upstream] = await Promise.all([startPokeApi(), startFaultServer()]);
  breakwater = await createApp({
    imports: [probe('shaky', { baseUrl: upstream.url, maxAttempts: 1 })],
    env: { OPS_TOKEN: TOKEN, POKEAPI_URL: pokeApi.url },
  });
});
afterEach(async () => {
  await breakwater.close();
  await Promise.all([pokeApi.close(), upstream.close()]);
});

const operate = (action: string): Promise<Answer> =>
  ask(`${breakwater.url}/ops/providers/${action}`, { method: 'POST', headers: BEARER });

const get = (path: string): Promise<Answer> => ask(breakwater.url + path, { headers: BEARER });

const fail = async (times: number): Promise<number[]> => {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1)
    statuses.push((await get(`/api/v1/probe/shaky/flapping?fail=${times}`)).status);
  return statuses;
};

const stateOf = async (name: string): Promise<unknown> => {
  const { providers } = jsonOf<{ providers: { name: string; circuit: string; isIsolated: boolean }[] }>(
    await get('/health/providers'),
  );
  const found = providers.find((provider) => provider.name === name);
  return [found?.circuit, found?.isIsolated];
};

describe('an external service that is not there', () => {
  it.each(['nobody', '__proto__', 'POKEAPI', 'pokeapi%20', 'z'.repeat(5_000)])(
    'can be neither isolated nor reset: %s',
    async (name) => {
      for (const action of ['isolate', 'reset']) {
        const answer = await operate(`${name}/${action}`);
        expect([answer.status, problemOf(answer).detail]).toEqual([404, 'There is no external service of that name']);
      }
    },
  );
});

describe('an external service that is isolated', () => {
  it('gets no calls, while the cache answers what it can, until it is reset', async () => {
    expect((await get('/api/v1/pokemon/charizard')).status).toBe(200);
    const sent = pokeApi.requests.length;
    const isolated = await operate('pokeapi/isolate');
    expect([isolated.status, jsonOf(isolated)]).toEqual([
      200,
      { name: 'pokeapi', isIsolated: true, circuit: 'open', scope: 'this process' },
    ]);
    const refused = await get('/api/v1/pokemon/pikachu');
    expect(problemOf(refused)).toMatchObject({ status: 503, code: 'circuit_open', provider: 'pokeapi' });
    expect(refused.headers.get('retry-after')).toBe('30');
    expect((await get('/api/v1/pokemon/charizard')).headers.get('cache-status')).toContain('hit');
    expect([await stateOf('pokeapi'), await stateOf('shaky'), pokeApi.requests.length]).toEqual([
      ['open', true],
      ['closed', false],
      sent,
    ]);
    expect(sent).toBe(1);
    expect(jsonOf(await operate('pokeapi/reset'))).toMatchObject({ isIsolated: false, circuit: 'closed' });
    expect((await get('/api/v1/pokemon/pikachu')).status).toBe(200);
  });

  it('says in its receipts and in the log who keeps calls from it', async () => {
    await operate('shaky/isolate');
    await get('/api/v1/probe/shaky/json');
    const [receipt] = breakwater.receipts.filter(({ provider }) => provider === 'shaky');
    expect(receipt).toMatchObject({ outcome: 'circuit_open', circuit: 'open' });
    expect(receipt!.decisions.at(-1)).toBe('ended: isolated by an operator');
    expect(breakwater.logLines.join('')).toContain('isolated by an operator');
  });
});

describe('an external service that is reset', () => {
  it('is called again at once, although its circuit had opened', async () => {
    expect(await fail(10)).toEqual(Array(10).fill(502));
    expect([await stateOf('shaky'), (await fail(1))[0]]).toEqual([['open', false], 503]);
    await operate('shaky/reset');
    expect([await stateOf('shaky'), (await get('/api/v1/probe/shaky/flapping?fail=0')).status]).toEqual([
      ['closed', false],
      200,
    ]);
  });
});

describe('what operators do', () => {
  it('is in the log: what, to what, by what proof, and what came of it', async () => {
    await operate('shaky/isolate');
    await operate('nobody/reset');
    await operate('not%20a%20name/reset');
    await ask(`${breakwater.url}/ops/cache?provider=pokeapi`, { method: 'DELETE', headers: BEARER });
    await ask(`${breakwater.url}/ops/cache?tag=%20`, { method: 'DELETE', headers: BEARER });
    await get('/health/providers');
    const lines = auditOf(breakwater);
    expect(lines.map(({ operatorAction, target, outcome }) => [operatorAction, target, outcome])).toEqual([
      ['POST /ops/providers/:name/isolate', 'shaky', 'done: 200'],
      ['POST /ops/providers/:name/reset', 'nobody', 'failed: not_found'],
      ['POST /ops/providers/:name/reset', undefined, 'failed: not_found'],
      ['DELETE /ops/cache', 'pokeapi', 'done: 200'],
      ['DELETE /ops/cache', undefined, 'failed: invalid_request'],
    ]);
    for (const line of lines) expect(line).toMatchObject({ level: 'warn', by: 'token', requestId: expect.any(String) });
    expect(breakwater.logLines.join('')).not.toContain(TOKEN);
  });
});
