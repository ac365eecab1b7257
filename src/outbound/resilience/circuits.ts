import type { Clock } from '../../platform/clock.ts';
import type { Call } from '../http/call.ts';
import { Circuit, type CircuitOptions } from './circuit.ts';

/** The circuits of one provider: one for each of its origins, and one for each operation that wants its own. */
export class Circuits {
  /** As many as the code and the configuration name. */
  readonly #byName = new Map<string, Circuit>();

  constructor(
    private readonly options: CircuitOptions,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  of({ origin, operation }: Pick<Call, 'origin' | 'operation'>): Circuit {
    return this.find(operation.hasOwnCircuit ? `${origin} ${operation.name}` : origin);
  }

  ofOrigin(origin: string): Circuit {
    return this.find(origin);
  }

  private find(name: string): Circuit {
    const known = this.#byName.get(name);
    if (known) return known;
    const circuit = new Circuit(this.options, this.clock, this.random);
    this.#byName.set(name, circuit);
    return circuit;
  }
}
