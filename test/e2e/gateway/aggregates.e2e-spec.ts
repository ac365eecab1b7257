import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import type { GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';
import { ADA, createGuardedGateway } from './guarded-gateway.ts';

let pokeApi: PokeApiStandIn;
let echo: EchoServer;
let gateway: GatewayApp;
beforeAll(async () => {
  [pokeApi, echo] = await Promise.all([startPokeApi(), startEcho()]);
  const own = { endpoints: [echo.url] };
  const pokemon = { target: { provider: 'pokeapi' }, path: '/pokemon/{name}' };
  const match = { path: '/of/{name}' };
  const both = { match, retries: 'off' };
  const routes = [
    {
      name: 'both',
      ...both,
      public: true,
      aggregate: { pokemon, extra: { target: own, path: '/echo/{name}', required: false } },
    },
    {
      name: 'hung',
      ...both,
      public: true,
      aggregate: { pokemon, extra: { target: own, path: '/hang', required: false, timeoutMs: 300 } },
    },
    {
      name: 'strict',
      ...both,
      public: true,
      aggregate: { pokemon, extra: { target: own, path: '/hang', timeoutMs: 300 } },
    },
    { name: 'closed', ...both, aggregate: { extra: { target: own, path: '/echo/{name}' } } },
    {
      name: 'plain',
      ...both,
      public: true,
      aggregate: { text: { target: own, path: '/headers', required: false }, pokemon },
    },
  ];
  gateway = await createGuardedGateway(routes, { env: { POKEAPI_URL: pokeApi.url } });
});
afterEach(() => {
  echo.release();
  echo.fail(undefined);
  echo.forget();
});
afterAll(async () => {
  await gateway.close();
  await Promise.all([pokeApi.close(), echo.close()]);
});

interface Merged {
  readonly pokemon: { readonly name: string } | null;
  readonly extra: { readonly url: string; readonly headers: Record<string, string> } | null;
  readonly missing: readonly string[];
}

const get = (path: string, init: RequestInit = {}): Promise<Answer> => ask(`${gateway.url}/gateway${path}`, init);

describe('an answer made of several', () => {
  it('has each under its key', async () => {
    const answer = await get('/both/of/charizard?a=1');
    const { pokemon, extra, missing } = jsonOf<Merged>(answer);
    expect([answer.status, pokemon?.name, extra?.url, missing]).toEqual([200, 'charizard', '/echo/charizard?a=1', []]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('etag')).not.toBeNull();
  });

  it.each([500, 'reset', 404] as const)('goes without an optional one that fails: %s', async (fault) => {
    echo.fail(fault);
    const { pokemon, extra, missing } = jsonOf<Merged>(await get('/both/of/charizard'));
    expect([pokemon?.name, extra, missing]).toEqual(['charizard', null, ['extra']]);
  });

  it('goes without an optional one that takes too long', async () => {
    expect(jsonOf(await get('/hung/of/charizard'))).toMatchObject({ extra: null, missing: ['extra'] });
  });

  it('goes without an optional one that is no JSON', async () => {
    expect(jsonOf(await get('/plain/of/charizard'))).toMatchObject({ text: null, missing: ['text'] });
  });

  it('is none without a required one', async () => {
    expect(problemOf(await get('/strict/of/charizard'))).toMatchObject({ status: 504, code: 'upstream_timeout' });
    expect(problemOf(await get('/both/of/nobody'))).toMatchObject({ status: 404, code: 'not_found' });
  });

  it.each([
    ['/both/of/charizard', 'POST', 405],
    ['/both/of', 'GET', 404],
    ['/both/of/a%2Fb', 'GET', 400],
    ['/both/of/..', 'GET', 404],
  ])('is made for GET alone, and for paths that fit: %s %s', async (path, method, status) => {
    const answer = await get(path, { method });
    expect([answer.status, echo.received]).toEqual([status, 0]);
    if (status === 405) expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it('has the headers alone, for HEAD', async () => {
    // Compressed, its length is not known.
    const asked = { method: 'HEAD', headers: { 'accept-encoding': 'identity' } };
    const { status, text, headers } = await get('/both/of/charizard', asked);
    expect([status, text, Number(headers.get('content-length')) > 0]).toEqual([200, '', true]);
  });

  it('is for who may have it; its parts do not hear who that is', async () => {
    expect(problemOf(await get('/closed/of/charizard'))).toMatchObject({ status: 401 });
    expect(echo.received).toBe(0);
    const answer = await get('/closed/of/charizard', { headers: { authorization: `Bearer ${ADA}`, cookie: 'a=1' } });
    const { extra } = jsonOf<Merged>(answer);
    expect([extra?.headers['authorization'], extra?.headers['cookie']]).toEqual([undefined, undefined]);
    expect(answer.headers.get('cache-control')).toMatch(/private|no-store/);
  });
});
