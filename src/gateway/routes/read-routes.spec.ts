import { describe, expect, it } from '@jest/globals';
import { readRoutes } from './read-routes.ts';
import type { RouteOptions } from './route-options.ts';

const around = { path: '/etc/breakwater/routes.yaml', environment: { ORIGIN_KEY: 'k1' }, providers: ['pokeapi'] };
const read = (text: string): RouteOptions[] => readRoutes(text, around);
const readOne = (fields: object): RouteOptions => read(JSON.stringify({ routes: [{ name: 'a', ...fields }] }))[0]!;

const EVERYTHING = `
routes:
  - name: origin
    description: "Everything there is"
    target:
      endpoints: ['http://127.0.0.1:8000/api/', { url: 'http://127.0.0.1:8001/api', weight: 3 }]
      network: private
      balance: { method: hash, hashBy: { header: X-Tenant }, slowStartMs: 0 }
      ejection: { failures: 2, forMs: 100, maxMs: 200, maxShare: 1 }
      probe: { path: '/health?full=1', intervalMs: 1000, timeoutMs: 500, failures: 3 }
    match: { path: '/users/{id}', methods: [GET, POST], host: api.example.com, headers: { X-Tenant: acme } }
    rewrite: /people/{id}
    allowEncodedSlashes: true
    scopes: ['origin:use']
    request:
      headers: { set: { X-Api-Key: { env: ORIGIN_KEY } }, add: { x-from: "" }, remove: [X-Debug] }
      query: [limit, offset]
      maxBytes: 0
      forward: [authorization]
      host: preserve
    response:
      headers: { remove: [Server] }
      maxBytes: 1000
      cookies: rewrite
      location: pass
    timeouts: { connectMs: 1, attemptMs: 2, callMs: 3, idleMs: 4, tunnelIdleMs: 5 }
    retries: { attempts: 2, idempotencyKey: true }
    hedge: off
    cache: { ttlMs: 1000 }
    rateLimit: 100/60
    maxConcurrent: 10
    upgrades: [websocket, x-own]
`;

describe('readRoutes', () => {
  it('reads everything that a route may say', () => {
    expect(read(EVERYTHING)).toEqual([
      {
        name: 'origin',
        description: 'Everything there is',
        public: false,
        scopes: ['origin:use'],
        target: {
          kind: 'upstream',
          discovery: {
            by: 'list',
            endpoints: [
              { url: 'http://127.0.0.1:8000', weight: 1 },
              { url: 'http://127.0.0.1:8001', weight: 3 },
            ],
          },
          basePath: '/api',
          network: 'private',
          balance: { method: 'hash', hashBy: { header: 'x-tenant' }, slowStartMs: 0 },
          ejection: { failures: 2, forMs: 100, maxMs: 200, maxShare: 1 },
          probe: { path: '/health?full=1', intervalMs: 1_000, timeoutMs: 500, failures: 3 },
        },
        match: {
          path: '/users/{id}',
          methods: ['GET', 'POST'],
          host: 'api.example.com',
          headers: { 'x-tenant': 'acme' },
        },
        rewriting: { rewrite: '/people/{id}', allowEncodedSlashes: true },
        request: {
          headers: { set: { 'x-api-key': 'k1' }, add: { 'x-from': '' }, remove: ['x-debug'] },
          query: ['limit', 'offset'],
          maxBytes: 0,
          forward: ['authorization'],
          host: 'preserve',
        },
        response: {
          headers: { set: {}, add: {}, remove: ['server'] },
          maxBytes: 1_000,
          cookies: 'rewrite',
          location: 'pass',
        },
        timeouts: { connectMs: 1, attemptMs: 2, callMs: 3, idleMs: 4, tunnelIdleMs: 5 },
        retries: { attempts: 2, idempotencyKey: true },
        hedge: 'off',
        cache: { ttlMs: 1_000 },
        rateLimit: '100/60',
        maxConcurrent: 10,
        upgrades: ['websocket', 'x-own'],
      },
    ]);
  });

  it('reads how a route is hedged', () => {
    const hedge = { afterMs: 50, maxShare: 0.01 };
    expect(readOne({ target: { provider: 'pokeapi' }, hedge })).toMatchObject({ hedge });
  });

  it('fills in what a route does not say', () => {
    expect(readOne({ target: { provider: 'pokeapi' } })).toEqual({
      name: 'a',
      public: false,
      scopes: [],
      target: { kind: 'provider', provider: 'pokeapi' },
      match: { headers: {} },
      rewriting: { allowEncodedSlashes: false },
      request: { headers: { set: {}, add: {}, remove: [] }, maxBytes: 10_485_760, forward: [], host: 'upstream' },
      response: {
        headers: { set: {}, add: {}, remove: [] },
        maxBytes: Infinity,
        cookies: 'drop',
        location: 'rewrite',
      },
      timeouts: { connectMs: 3_000, idleMs: 60_000, tunnelIdleMs: 300_000 },
      retries: { idempotencyKey: false },
      cache: 'off',
      maxConcurrent: 1_024,
      upgrades: ['websocket'],
    });
  });

  it('reads no routes, if the file says so', () => expect(read('routes: []')).toEqual([]));
});
