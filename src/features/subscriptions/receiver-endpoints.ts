import { Endpoints, type Chosen, type Endpoint, type EndpointStatus, type Lease } from '../../outbound/index.ts';

interface Receiver {
  readonly endpoint: Endpoint;
  outstanding: number;
}

/** The receivers that something is being delivered to at this moment, each by its subscription, and no others. */
export class ReceiverEndpoints extends Endpoints {
  readonly #receivers = new Map<string, Receiver>();

  /** How many deliveries to it are under way. */
  outstanding(subscriptionId: string): number {
    return this.#receivers.get(subscriptionId)?.outstanding ?? 0;
  }

  /** One more delivery goes there, until the matching `leave`. */
  enter(subscriptionId: string, origin: string): void {
    const endpoint = { id: `webhook ${subscriptionId}`, origin, weight: 1, priority: 0 };
    const receiver = this.#receivers.get(subscriptionId) ?? { endpoint, outstanding: 0 };
    receiver.outstanding += 1;
    this.#receivers.set(subscriptionId, receiver);
  }

  /** @returns the endpoint, when that was the last delivery to it */
  leave(subscriptionId: string): Endpoint | undefined {
    const receiver = this.#receivers.get(subscriptionId);
    if (receiver === undefined || --receiver.outstanding > 0) return undefined;
    this.#receivers.delete(subscriptionId);
    return receiver.endpoint;
  }

  override pick({ affinity = '' }: Chosen, tried: ReadonlySet<Endpoint>): Lease | undefined {
    const endpoint = this.#receivers.get(affinity)?.endpoint;
    if (endpoint === undefined || tried.has(endpoint)) return undefined;
    return { endpoint, judge: () => undefined, end: () => undefined };
  }

  override status(): EndpointStatus[] {
    return [...this.#receivers.values()].map(({ endpoint: { id, weight, priority }, outstanding }) => ({
      ...{ id, weight, priority, outstanding },
      state: 'healthy',
    }));
  }
}
