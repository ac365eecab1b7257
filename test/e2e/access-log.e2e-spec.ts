import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessLineOf, accessLines } from '../support/access-log.ts';
import { ask } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { eventually } from '../support/eventually.ts';
import { startPokeApi, type PokeApiStandIn } from '../upstreams/pokeapi.stand-in.ts';

const UPSTREAM_MS = 60;

let pokeApi: PokeApiStandIn;
let breakwater: TestApp;

beforeAll(async () => {
  pokeApi = await startPokeApi({ latencyMs: UPSTREAM_MS });
  breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url, POKEAPI_CACHE: 'off' } });
});
afterAll(async () => {
  await breakwater.close();
  await pokeApi.close();
});

const lineOf = async (id: string, path: string, init: RequestInit = {}) => {
  await ask(breakwater.url + path, { ...init, headers: { 'x-request-id': id } });
  return accessLineOf(breakwater, id);
};

describe('the access log', () => {
  it('has one line for a request: id, route template, status, time in all and time upstream', async () => {
    const line = await lineOf('seen-1', '/api/v1/pokemon/pikachu');
    expect(line).toMatchObject({ method: 'GET', route: '/api/v1/pokemon/:name', status: 200, upstreamCalls: 1 });
    expect(line.traceId).toMatch(/^[\da-f]{32}$/);
    expect(line.upstreamMs).toBeGreaterThanOrEqual(UPSTREAM_MS - 5);
    expect(line.durationMs).toBeGreaterThanOrEqual(line.upstreamMs);
    expect(line).not.toHaveProperty('failure');
  });

  it('counts upstream time once where calls ran side by side', async () => {
    // Pokémon and species at once, then the evolution chain.
    const line = await lineOf('seen-2', '/api/v1/pokemon/pikachu/profile');
    expect(line.upstreamCalls).toBe(3);
    const each = breakwater.receipts.slice(-3).map(({ durationMs }) => durationMs);
    expect(line.upstreamMs).toBeLessThan(each.reduce((sum, ms) => sum + ms) - UPSTREAM_MS / 2);
  });

  it.each([
    ['seen-3', '/api/v1/pokemon/missingno', '/api/v1/pokemon/:name', 404, 'not_found'],
    ['seen-4', '/api/v1/pokemon?limit=0', '/api/v1/pokemon', 400, 'invalid_request'],
    ['seen-5', '/nowhere/at-all?token=secret', '(none)', 404, 'not_found'],
    ['seen-6', '/api/v1/pokemon/%zz', '(none)', 400, 'invalid_request'],
  ])('says why it was refused (%s): %s', async (id, path, route, status, code) => {
    expect(await lineOf(id, path)).toMatchObject({ route, status, failure: { code } });
  });

  it('tells how long the request took, also of one that no hook has seen', async () => {
    const askedAt = performance.now();
    const { durationMs } = await lineOf('seen-timed', '/api/v1/pokemon/%zz');
    expect(durationMs).toBeLessThanOrEqual(performance.now() - askedAt);
  });

  it('has one line for a request by HEAD, and for one by a wrong method', async () => {
    expect(await lineOf('seen-7', '/health/live', { method: 'HEAD' })).toMatchObject({ method: 'HEAD', status: 200 });
    expect(await lineOf('seen-8', '/health/live', { method: 'DELETE' })).toMatchObject({
      method: 'DELETE',
      status: 404,
    });
  });

  it('never shows a value of a path or a query', async () => {
    await lineOf('seen-9', '/api/v1/pokemon/a-private-name?note=a-private-note');
    await lineOf('seen-10', '/a-private-place?note=a-private-note');
    expect(breakwater.logLines.join('')).not.toMatch(/a-private/);
  });

  it('has exactly one line for each request', async () => {
    await lineOf('seen-11', '/health/live');
    await eventually(() => expect(accessLines(breakwater, 'seen-1').length).toBe(1));
    for (let id = 1; id <= 11; id += 1) expect(accessLines(breakwater, `seen-${id}`).length).toBe(1);
  });
});
