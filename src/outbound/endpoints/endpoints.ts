import type { Call } from '../http/call.ts';
import type { CircuitState, Outcome } from '../resilience/circuit.ts';
import type { Endpoint } from './endpoint.ts';

/** How a server is doing, for operators. */
export interface EndpointStatus {
  readonly id: string;
  readonly weight: number;
  readonly priority: number;
  /** `ejected`: left out because calls to it failed; `unhealthy`: because probes did. */
  readonly state: 'healthy' | 'ejected' | 'unhealthy';
  /** Requests under way, streams that have not ended included. */
  readonly outstanding: number;
  /** Whether its circuit lets calls through. */
  readonly circuit?: CircuitState;
  /** Until it is tried again, in ms; only while it is ejected. */
  readonly ejectedForMs?: number;
}

/** One request to one server, from its choice to the end of its answer. */
export interface Lease {
  readonly endpoint: Endpoint;
  /** What its answer, or the lack of one, tells about the server. Once. */
  judge(outcome: Outcome): void;
  /** The answer has come to its end, or will not. Once, after `judge`. */
  end(): void;
}

/** What of a call the choice may depend on. */
export type Chosen = Pick<Call, 'affinity'>;

/** The servers behind one upstream, and which of them is next. */
export abstract class Endpoints {
  /** The one for the next attempt, but none of `tried`; undefined when there is no other. */
  abstract pick(call: Chosen, tried: ReadonlySet<Endpoint>): Lease | undefined;

  /** All that are known now, in an order that does not change by itself. */
  abstract status(): EndpointStatus[];
}
