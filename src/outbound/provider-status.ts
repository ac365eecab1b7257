import type { Endpoints, EndpointStatus } from './endpoints/endpoints.ts';
import type { Pipeline } from './pipeline.ts';
import type { CircuitState } from './resilience/circuit.ts';

/** How a provider is doing right now. */
export interface ProviderStatus {
  readonly name: string;
  readonly isConfigured: boolean;
  /** Open, too, while it is isolated. */
  readonly circuit: CircuitState;
  /** An operator keeps all calls from it, in this process. */
  readonly isIsolated: boolean;
  readonly attemptsInFlight: number;
  readonly attemptsWaiting: number;
  readonly retryBudgetTokens: number;
  /** Of one that has several servers. */
  readonly endpoints?: readonly EndpointStatus[];
}

interface Observed {
  readonly name: string;
  readonly origin: string | undefined;
}

export const toProviderStatus = (
  { name, origin = '' }: Observed,
  { isConfigured, circuits, line, budget }: Pipeline,
  servers: Endpoints | undefined,
): ProviderStatus => {
  const { isIsolated } = circuits;
  const stateOf = (id: string): CircuitState => (isIsolated ? 'open' : circuits.ofServer(id).state);
  const endpoints = servers?.status().map((status) => ({ ...status, circuit: stateOf(status.id) }));
  return {
    name,
    isConfigured,
    circuit: endpoints && !isIsolated ? toCircuit(endpoints) : stateOf(origin),
    isIsolated,
    attemptsInFlight: line.inside,
    attemptsWaiting: line.waiting,
    retryBudgetTokens: budget.tokens,
    ...(endpoints && { endpoints }),
  };
};

/** Open when that of every server is. */
const toCircuit = (endpoints: readonly EndpointStatus[]): CircuitState => {
  const isIn = (state: CircuitState): boolean => endpoints.some(({ circuit }) => circuit === state);
  if (endpoints.length === 0 || isIn('closed')) return 'closed';
  return isIn('half_open') ? 'half_open' : 'open';
};
