import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Metrics } from '../../../src/platform/telemetry/metrics.ts';
import { ask } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { parseSamples, type Sample } from '../../support/measuring.ts';
import { startPokeApi, type PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';
import { listenLocally, type StandIn } from '../../upstreams/stand-in.ts';

const read = async ({ app }: TestApp, name: string): Promise<Sample[]> =>
  parseSamples(await app.get(Metrics).scrape()).filter((sample) => sample.name === name);

describe('what the cache did', () => {
  let pokeApi: PokeApiStandIn;
  let breakwater: TestApp;
  afterEach(async () => {
    await breakwater.close();
    await pokeApi.close();
  });

  it('is counted alike whether an answer was repeated whole, or made anew of what is stored', async () => {
    pokeApi = await startPokeApi();
    breakwater = await createApp({ env: { POKEAPI_URL: pokeApi.url } });
    const get = (headers: Record<string, string> = {}) => ask(`${breakwater.url}/api/v1/pokemon/pikachu`, { headers });
    await get();
    await get();
    await get();
    // Not repeated whole: it takes its own time.
    await get({ 'x-request-timeout-ms': '9000' });
    // Some of it is counted when the request is over, which nobody is told of.
    await eventually(async () => {
      const counts = await read(breakwater, 'breakwater_cache_requests_total');
      const pairs = counts.map(({ labels, value }) => [labels['breakwater_cache_result'], value]);
      expect(Object.fromEntries(pairs)).toEqual({ hit: 3, miss: 1 });
    });
    expect(pokeApi.requests).toHaveLength(1);
    const [calls] = await read(breakwater, 'breakwater_call_duration_seconds_count');
    expect(calls?.value).toBe(1);
  });
});

/** Answers `/123` with the status 123, be it one or not. */
const startOdd = async (): Promise<StandIn> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      for (const [, status] of data.toString('latin1').matchAll(/ \/(\d+) HTTP/g))
        socket.write(`HTTP/1.1 ${status} Odd\r\nContent-Length: 0\r\n\r\n`);
    });
  });
  const { port, close } = await listenLocally(server);
  return { url: `http://127.0.0.1:${port}`, close };
};

describe('an upstream of the gateway', () => {
  let odd: StandIn;
  let gateway: GatewayApp;
  afterEach(async () => {
    await gateway.close();
    await odd.close();
  });

  const routeTo = (name: string) => ({ name, public: true, target: { endpoints: [{ url: odd.url }] } });

  it('makes no series of its own by statuses and paths that it invents', async () => {
    odd = await startOdd();
    gateway = await createGateway([routeTo('odd')]);
    // Nobody has registered these.
    for (let status = 230; status < 298; status += 7) await ask(`${gateway.url}/gateway/odd/${status}`);
    for (let status = 432; status < 498; status += 7) await ask(`${gateway.url}/gateway/odd/${status}`);
    const requests = await read(gateway, 'http_client_request_duration_seconds_count');
    for (const { labels } of requests)
      expect(labels).toMatchObject({ breakwater_provider: 'gateway.odd', server_address: '127.0.0.1' });
    const statuses = requests.map(({ labels }) => labels['http_response_status_code']);
    expect(statuses.sort()).toEqual(['200', '400']);
    for (const name of ['http_client_request_duration_seconds_count', 'http_server_request_duration_seconds_count'])
      expect((await read(gateway, name)).length).toBeLessThan(10);
  });

  it('is told of while it is there', async () => {
    odd = await startOdd();
    gateway = await createGateway([routeTo('odd')]);
    const names = async () =>
      (await read(gateway, 'breakwater_bulkhead_limit')).map(({ labels }) => labels['breakwater_provider']);
    expect(await names()).toContain('gateway.odd');
    await gateway.write([routeTo('even')]);
    await eventually(async () => {
      expect(await names()).toContain('gateway.even');
      expect(await names()).not.toContain('gateway.odd');
    });
  });
});
