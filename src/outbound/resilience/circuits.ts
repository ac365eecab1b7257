import type { Clock } from '../../platform/clock.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import type { Call } from '../http/call.ts';
import { Circuit, type CircuitOptions } from './circuit.ts';

/** The circuits of one provider: one for each of its origins or servers, and one for each operation that wants its own. */
export class Circuits {
  /** As many as the code and the configuration name, and servers there are. */
  readonly #byName = new Map<string, Circuit>();
  #isIsolated = false;

  constructor(
    private readonly options: CircuitOptions,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  /** An operator keeps all calls from it, to servers to come, too: until `reset`, and in this process. */
  get isIsolated(): boolean {
    return this.#isIsolated;
  }

  isolate(): void {
    this.#isIsolated = true;
  }

  /** Lets all calls through, as if nothing had happened. */
  reset(): void {
    this.#isIsolated = false;
    for (const circuit of this.#byName.values()) circuit.reset();
  }

  of({ origin, endpoint, operation }: Pick<Call, 'origin' | 'endpoint' | 'operation'>): Circuit {
    const server = endpoint?.id ?? origin;
    return this.find(operation.hasOwnCircuit ? `${server} ${operation.name}` : server);
  }

  /** By its id, or its origin where there is only one. */
  ofServer(id: string): Circuit {
    return this.find(id);
  }

  /** Of a server that is none any more. */
  forget({ id }: Endpoint): void {
    this.#byName.delete(id);
  }

  private find(name: string): Circuit {
    const known = this.#byName.get(name);
    if (known) return known;
    const circuit = new Circuit(this.options, this.clock, this.random);
    this.#byName.set(name, circuit);
    return circuit;
  }
}
