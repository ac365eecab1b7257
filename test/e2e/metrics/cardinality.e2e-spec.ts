import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { flood } from '../../support/flood.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';

const REQUESTS = 10_000;
/** Every route with every method and status that it may have: far less than there are requests. */
const MAX_NEW_SERIES = 100;

const METHODS = ['GET', 'HEAD', 'GET', 'POST', 'GET', 'PUT', 'DELETE', 'GET', 'PATCH', 'OPTIONS', 'PROPFIND', 'QUERY'];

/** Each with a name that never came before; most of them lead nowhere, some far. */
const TARGETS: readonly ((name: string) => string)[] = [
  (name) => `/${name}`,
  (name) => `/api/v1/${name}`,
  (name) => `/api/v1/pokemon/${name}`,
  (name) => `/api/v1/pokemon?limit=1&offset=1&${name}=${name}`,
  (name) => `/api/v1/pokemon/${name}/profile?${name}`,
  (name) => `/api/v1/articles/${name}`,
  (name) => `/api/v1/events/${name}`,
  (name) => `/gateway/${name}/a/b`,
  (name) => `/gateway/open/api/v2/${name}?${name}=1`,
  (name) => `/problems/${name}`,
  (name) => `/live/${name}`,
  (name) => `/docs/${name}`,
  (name) => `/metrics/${name}`,
  (name) => `/%6E%22%0A${name}%00`,
  (name) => `/${name}%zz`,
  (name) => `/__proto__/${name}/constructor`,
  (name) => `//${name}/..;/${name}"\\`,
  (name) => `/${name}/${'z'.repeat(500)}`,
  () => '/api/v1/getCharizard',
  () => '/health/live',
];

const toRequest = (index: number): string => {
  const name = `needle-${index}`;
  const fields = {
    Host: index % 3 === 0 ? `${name}.example` : 'test',
    'Content-Length': '0',
    'User-Agent': name,
    Accept: `text/${name}`,
    'X-Request-Id': name,
    'X-Forwarded-Proto': name,
    'X-Forwarded-For': `10.0.${(index >> 8) & 255}.${index & 255}`,
    'Idempotency-Key': name,
    Traceparent: `00-${String(index + 1).padStart(32, '0')}-${String(index + 1).padStart(16, '0')}-01`,
    Tracestate: `${name}=1`,
  };
  const lines = Object.entries(fields).map(([field, value]) => `${field}: ${value}\r\n`);
  const target = TARGETS[index % TARGETS.length]!(name);
  return `${METHODS[(index >> 2) % METHODS.length]} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
};

let pokeApi: PokeApiStandIn;
let gateway: GatewayApp;
beforeAll(async () => {
  pokeApi = await startPokeApi();
  gateway = await createGateway([{ name: 'open', public: true, target: { provider: 'pokeapi' } }], {
    env: {
      POKEAPI_URL: pokeApi.url,
      TRUST_PROXY: 'loopback',
      OPS_TOKEN: 'a-token-for-operators-only',
      LOG_LEVEL: 'silent',
    },
  });
});
afterAll(async () => {
  await gateway.close();
  await pokeApi.close();
});

const scrape = async (): Promise<string> =>
  (await ask(`${gateway.url}/metrics`, { headers: { authorization: 'Bearer a-token-for-operators-only' } })).text;

/** How many series each metric has; those of one histogram's buckets are one. */
const countSeries = (text: string): Map<string, number> => {
  const series = new Map<string, Set<string>>();
  for (const [, name = '', labels = ''] of text.matchAll(/^([a-z]\w*)(?:\{(.*)\})? \S+$/gm)) {
    const known = series.get(name) ?? new Set();
    series.set(name, known.add(labels.replace(/,?le="[^"]*"/, '')));
  }
  return new Map([...series].map(([name, { size }]) => [name, size]));
};

describe(`${REQUESTS} requests that are all different`, () => {
  let statuses: Map<number, number>;
  let before: string;
  let after: string;
  beforeAll(async () => {
    before = await scrape();
    statuses = await flood(
      gateway.url,
      Array.from({ length: REQUESTS }, (_, index) => toRequest(index)),
    );
    after = await scrape();
  }, 120_000);

  it('are answered, and in many ways', () => {
    expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(REQUESTS);
    for (const status of [200, 400, 404, 503])
      expect([status, (statuses.get(status) ?? 0) > 50]).toEqual([status, true]);
  });

  it('are all counted', () => {
    const counts = [...after.matchAll(/^http_server_request_duration_seconds_count\{.*\} (\d+)$/gm)];
    expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBeGreaterThan(REQUESTS * 0.9);
  });

  it(`make less than ${MAX_NEW_SERIES} new series of each metric`, () => {
    const known = countSeries(before);
    const grown = [...countSeries(after)].map(([name, count]) => ({ name, grown: count - (known.get(name) ?? 0) }));
    expect(grown.length).toBeGreaterThan(20);
    expect(grown.filter((metric) => metric.grown >= MAX_NEW_SERIES)).toEqual([]);
  });

  it('leave nothing of what they said', () => {
    expect(after).not.toMatch(/needle|zzzz|proto|%|10\.0\./i);
  });
});
