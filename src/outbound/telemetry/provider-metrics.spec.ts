import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { MeasuringMetrics } from '../../../test/support/measuring.ts';
import { MemoryStore } from '../cache/stores/memory-store.ts';
import { RedisStore } from '../cache/stores/redis-store.ts';
import { path } from '../http/path.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { ProviderMetrics } from './provider-metrics.ts';

// Kept for longer than a slow machine takes to look at it.
const KEEP_ALIVE_MS = 60_000;
const LIMITS = { maxAttempts: 1, maxConcurrent: 1, maxQueued: 5, breakerMinAttempts: 2, retryBudgetTokens: 7 };
const STORE = { maxEntries: 10, maxBytes: 10_000, maxEntryBytes: 1_000 };

describe('ProviderMetrics', () => {
  let upstream: Server;
  let answer: (status: number) => void;
  let built: BuiltProvider;
  let metrics: MeasuringMetrics;
  let registry: ProviderRegistry;
  beforeEach(async () => {
    const waiting: ((status: number) => void)[] = [];
    upstream = createServer((_request, response) => {
      waiting.push((status) => response.writeHead(status, { 'content-type': 'application/json' }).end('{}'));
    });
    upstream.keepAliveTimeout = KEEP_ALIVE_MS;
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    answer = (status) => waiting.splice(0).forEach((one) => one(status));
    const { port } = upstream.address() as AddressInfo;
    built = buildProvider({ baseUrl: `http://127.0.0.1:${port}`, ...LIMITS, keepAliveMs: KEEP_ALIVE_MS });
    registry = new ProviderRegistry();
    registry.register(built.provider);
    metrics = new MeasuringMetrics();
    new ProviderMetrics(metrics, registry, new MemoryStore(STORE, new FakeClock()));
  });
  afterEach(async () => {
    await built.provider.close();
    upstream.close();
  });

  const read = async (name: string, by = ''): Promise<Record<string, number>> =>
    Object.fromEntries((await metrics.read(name)).map(({ labels, value }) => [labels[by] ?? name, value]));
  const connections = () => read('http_client_open_connections', 'http_connection_state');
  const circuit = () => read('breakwater_circuit_state', 'breakwater_circuit_state');
  let asked = 0;
  // Not the same, or they would be one.
  const ask = () => built.client.get(path`/slow/${(asked += 1)}`).catch(() => undefined);

  it('tells of attempts under way and waiting, of places, and of connections', async () => {
    expect(await connections()).toEqual({ active: 0, idle: 0 });
    const asked = [ask(), ask(), ask()];
    await eventually(async () => expect(await connections()).toEqual({ active: 1, idle: 0 }));
    expect(await read('breakwater_bulkhead_in_flight')).toEqual({ breakwater_bulkhead_in_flight: 1 });
    expect(await read('breakwater_bulkhead_waiting')).toEqual({ breakwater_bulkhead_waiting: 2 });
    expect(await read('breakwater_bulkhead_limit')).toEqual({ breakwater_bulkhead_limit: 1 });
    const isOver = Promise.all(asked);
    await eventually(() => {
      answer(200);
      expect(built.receipts).toHaveLength(3);
    });
    await isOver;
    // One attempt after the other, but the next may begin before the connection of the last is free.
    await eventually(async () => {
      const { active, idle } = await connections();
      expect(active).toBe(0);
      expect(idle).toBeGreaterThan(0);
    });
  });

  it('tells the state of the circuit, and the budget, as one of each', async () => {
    expect(await circuit()).toEqual({ closed: 1, open: 0, half_open: 0 });
    expect(await read('breakwater_retry_budget_tokens')).toEqual({ breakwater_retry_budget_tokens: 7 });
    for (let calls = 1; calls <= 2; calls += 1) {
      const asked = ask();
      await eventually(() => {
        answer(500);
        expect(built.receipts).toHaveLength(calls);
      });
      await asked;
    }
    expect(await circuit()).toEqual({ closed: 0, open: 1, half_open: 0 });
  });

  it('tells that an operator keeps calls from it', async () => {
    expect(await read('breakwater_provider_isolated')).toEqual({ breakwater_provider_isolated: 0 });
    built.provider.isolate();
    expect(await read('breakwater_provider_isolated')).toEqual({ breakwater_provider_isolated: 1 });
  });

  it('says nothing of a provider that is off, or gone', async () => {
    registry.unregister(built.provider);
    registry.register(buildProvider({}).provider);
    expect(await metrics.read('breakwater_bulkhead_limit')).toEqual([]);
  });

  it('tells what is stored in memory, and nothing of a store that is elsewhere', async () => {
    expect(await read('breakwater_cache_entries')).toEqual({ breakwater_cache_entries: 0 });
    expect(await read('breakwater_cache_size_bytes')).toEqual({ breakwater_cache_size_bytes: 0 });
    expect(Object.getOwnPropertyDescriptor(RedisStore.prototype, 'usage')).toBeUndefined();
  });
});
