import { Inject, Injectable } from '@nestjs/common';
import type { BatchObservableResult, Meter, Observable } from '@opentelemetry/api';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { CacheStore } from '../cache/stores/cache-store.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import type { Provider } from '../provider.ts';
import type { ProviderStatus } from '../provider-status.ts';
import type { CircuitState } from '../resilience/circuit.ts';

const CIRCUIT_STATES: readonly CircuitState[] = ['closed', 'open', 'half_open'];

/** How providers stand when it is asked for: nothing is done for it while calls are made. */
@Injectable()
export class ProviderMetrics {
  constructor(
    { isOn, meter }: Metrics,
    registry: ProviderRegistry,
    @Inject(CacheStore) private readonly store: CacheStore,
  ) {
    if (!isOn) return;
    const gauges = createGauges(meter);
    const observe = (result: BatchObservableResult): void => {
      for (const provider of registry.all()) if (provider.isConfigured) observeProvider(result, gauges, provider);
      this.observeStore(result, gauges);
    };
    meter.addBatchObservableCallback(observe, Object.values(gauges));
  }

  private observeStore(result: BatchObservableResult, { cacheEntries, cacheBytes }: Gauges): void {
    const { usage } = this.store;
    if (usage === undefined) return;
    result.observe(cacheEntries, usage.entries);
    result.observe(cacheBytes, usage.bytes);
  }
}

const createGauges = (meter: Meter) => ({
  circuit: meter.createObservableGauge('breakwater.circuit.state', {
    description: 'Servers whose circuit is in that state',
  }),
  isolated: meter.createObservableGauge('breakwater.provider.isolated', {
    description: '1 while an operator keeps all calls from it',
  }),
  tokens: meter.createObservableGauge('breakwater.retry_budget.tokens', {
    description: 'What is left to pay for retries',
  }),
  tokensLimit: meter.createObservableGauge('breakwater.retry_budget.limit', {
    description: 'What the budget for retries holds at most',
  }),
  inFlight: meter.createObservableGauge('breakwater.bulkhead.in_flight', { description: 'Attempts under way' }),
  waiting: meter.createObservableGauge('breakwater.bulkhead.waiting', {
    description: 'Attempts that wait for a place',
  }),
  limit: meter.createObservableGauge('breakwater.bulkhead.limit', { description: 'Attempts that may be under way' }),
  connections: meter.createObservableGauge('http.client.open_connections', {
    description: 'Connections to upstreams',
    unit: '{connection}',
  }),
  cacheEntries: meter.createObservableGauge('breakwater.cache.entries', { description: 'Answers stored in memory' }),
  cacheBytes: meter.createObservableGauge('breakwater.cache.size', {
    description: 'What answers stored in memory take',
    unit: 'By',
  }),
});

type Gauges = Record<keyof ReturnType<typeof createGauges>, Observable>;

const observeProvider = (result: BatchObservableResult, gauges: Gauges, provider: Provider): void => {
  const { status, connections, options } = provider;
  const of = { 'breakwater.provider': provider.name };
  for (const state of CIRCUIT_STATES)
    result.observe(gauges.circuit, countIn(status, state), { ...of, 'breakwater.circuit.state': state });
  result.observe(gauges.isolated, status.isIsolated ? 1 : 0, of);
  result.observe(gauges.tokens, status.retryBudgetTokens, of);
  result.observe(gauges.tokensLimit, options.retryBudgetTokens, of);
  result.observe(gauges.inFlight, status.attemptsInFlight, of);
  result.observe(gauges.waiting, status.attemptsWaiting, of);
  result.observe(gauges.limit, options.maxConcurrent, of);
  result.observe(gauges.connections, connections.active, { ...of, 'http.connection.state': 'active' });
  result.observe(gauges.connections, connections.idle, { ...of, 'http.connection.state': 'idle' });
};

/** One that has a single server has a single circuit for it. */
const countIn = ({ circuit, endpoints }: ProviderStatus, state: CircuitState): number =>
  endpoints ? endpoints.filter((server) => server.circuit === state).length : Number(circuit === state);
