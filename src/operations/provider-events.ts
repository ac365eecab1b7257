import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ProviderRegistry, type ProviderStatus } from '../outbound/index.ts';
import { Clock, type Cancel } from '../platform/clock.ts';
import { EventHub, type Topic } from '../realtime/event-hub.ts';

/**
 * `provider.changed`: `{instance, name, isConfigured, circuit, servers: {healthy, all}}`, as that instance sees it. Which servers
 * they are only operators are told: `/health/providers`.
 */
const PROVIDERS_TOPIC: Topic = {
  name: 'providers',
  description: 'Health of the external services: circuits that open and close, servers that are ejected and come back.',
  access: ['providers:read'],
};

const LOOK_EVERY_MS = 1_000;

interface Health {
  readonly name: string;
  readonly isConfigured: boolean;
  readonly circuit: string;
  /** Of one that has several. */
  readonly servers: { readonly healthy: number; readonly all: number } | null;
}

/** Tells on topic `providers` how the health of the external services changes, while somebody listens. */
@Injectable()
export class ProviderEvents implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  /** Circuits belong to a process: two of them may see the same service differently. */
  readonly #instance = randomUUID();
  #known = new Map<string, string>();
  #cancel: Cancel | undefined;

  constructor(
    private readonly hub: EventHub,
    private readonly providers: ProviderRegistry,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.hub.declare(PROVIDERS_TOPIC);
  }

  onApplicationBootstrap(): void {
    this.hub.onDemand(PROVIDERS_TOPIC.name, (isWanted) => {
      this.#cancel?.();
      if (!isWanted) return;
      this.#known = this.read();
      this.lookAgain();
    });
  }

  onApplicationShutdown(): void {
    this.#cancel?.();
  }

  private lookAgain(): void {
    this.#cancel = this.clock.schedule(() => {
      this.look();
      this.lookAgain();
    }, LOOK_EVERY_MS);
  }

  private look(): void {
    const now = this.read();
    for (const [name, health] of now) {
      if (this.#known.get(name) === health) continue;
      const data = { instance: this.#instance, ...(JSON.parse(health) as Health) };
      void this.hub.publish(PROVIDERS_TOPIC.name, { type: 'provider.changed', data });
    }
    this.#known = now;
  }

  private read(): Map<string, string> {
    return new Map(this.providers.all().map(({ status }) => [status.name, JSON.stringify(toHealth(status))]));
  }
}

const toHealth = ({ name, isConfigured, circuit, endpoints }: ProviderStatus): Health => ({
  name,
  isConfigured,
  circuit,
  servers: endpoints
    ? { healthy: endpoints.filter(({ state }) => state === 'healthy').length, all: endpoints.length }
    : null,
});
