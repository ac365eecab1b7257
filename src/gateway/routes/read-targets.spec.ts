import { describe, expect, it } from '@jest/globals';
import { readRoutes } from './read-routes.ts';
import type { RouteOptions } from './route-options.ts';

const around = { path: '/etc/breakwater/routes.yaml', environment: { ORIGIN_KEY: 'k1' }, providers: ['pokeapi'] };
const read = (text: string): RouteOptions[] => readRoutes(text, around);
const readOne = (fields: object): RouteOptions => read(JSON.stringify({ routes: [{ name: 'a', ...fields }] }))[0]!;

describe('readRoutes', () => {
  it.each([
    [5, { attempts: 5, idempotencyKey: false }],
    ['off', { attempts: 1, idempotencyKey: false }],
    [{ idempotencyKey: true }, { idempotencyKey: true }],
    [{}, { idempotencyKey: false }],
  ])('takes %j for retries', (retries, expected) =>
    expect(readOne({ target: { provider: 'pokeapi' }, retries }).retries).toEqual(expected),
  );

  it('reads an aggregate, which answers GET and has no upgrades', () => {
    const extra = { target: { endpoints: ['https://10.0.0.1'] }, path: '/extra', required: false };
    const pokemon = { target: { provider: 'pokeapi' }, path: '/pokemon/{name}', timeoutMs: 1_000 };
    const route = readOne({ public: true, match: { path: '/{name}' }, aggregate: { pokemon, extra } });
    expect(route).toMatchObject({ match: { methods: ['GET'], path: '/{name}' }, upgrades: [] });
    expect(route.target).toBeUndefined();
    expect(route.aggregate?.parts).toMatchObject([
      { key: 'pokemon', target: { kind: 'provider' }, path: '/pokemon/{name}', required: true, timeoutMs: 1_000 },
      { key: 'extra', target: { kind: 'upstream', basePath: '' }, path: '/extra', required: false },
    ]);
  });

  it.each([
    [{ dns: { name: 'o.example' } }, { by: 'dns', name: 'o.example', port: 80, scheme: 'http' }],
    [{ dns: { name: 'o.example', scheme: 'https' } }, { port: 443, dns: { servers: [], refreshMs: 60_000 } }],
    [{ dns: { name: 'o', port: 81, servers: ['::1'], refreshMs: 100 } }, { port: 81, dns: { servers: ['::1'] } }],
    [{ srv: { name: '_http._tcp.o.example' } }, { by: 'srv', name: '_http._tcp.o.example', scheme: 'http' }],
    [{ file: 'servers.yaml' }, { by: 'file', path: '/etc/breakwater/servers.yaml' }],
    [{ file: '/srv/servers.yaml' }, { by: 'file', path: '/srv/servers.yaml' }],
  ])('finds servers by %j', (target, discovery) =>
    expect(readOne({ target }).target).toMatchObject({
      discovery,
      network: 'public',
      basePath: '',
      balance: { method: 'p2c', hashBy: 'path', slowStartMs: 10_000 },
      ejection: { failures: 5, forMs: 30_000, maxMs: 300_000, maxShare: 0.5 },
    }),
  );

  it.each([
    [{ endpoints: ['http://a.example'], basePath: '/api' }, '/api'],
    [{ endpoints: ['http://a.example/api'], basePath: '/api' }, '/api'],
    [{ endpoints: ['http://a.example/'], basePath: '/' }, ''],
    [{ dns: { name: 'a.example' }, basePath: '/a/b' }, '/a/b'],
  ])('takes the base path of %j', (target, basePath) => expect(readOne({ target }).target).toMatchObject({ basePath }));

  it('lets aliases stand for what was written before', () => {
    const text = `routes:\n${['a', 'b'].map((name, index) => `  - { name: ${name}, target: ${index ? '*t' : '&t { provider: pokeapi }'} }`).join('\n')}`;
    expect(read(text).map(({ target }) => target)).toEqual(Array(2).fill({ kind: 'provider', provider: 'pokeapi' }));
  });
});
