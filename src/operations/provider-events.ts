import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock, type Cancel } from '../platform/clock.ts';
import { EventHub, type Topic } from '../realtime/event-hub.ts';
import { ProviderStandings, type ProviderStanding } from './provider-standings.ts';

/**
 * `provider.changed`: `{instance, name, isConfigured, circuit, verdict, servers: {healthy, all}}`, as that instance sees it.
 * Which servers they are, and why it does badly, only operators are told: `/health/providers`.
 */
const PROVIDERS_TOPIC: Topic = {
  name: 'providers',
  description: 'How the external services do: which fail or are slow, circuits that open, servers that are ejected.',
  access: ['providers:read'],
};

const LOOK_EVERY_MS = 1_000;

/** Tells on topic `providers` how the health of the external services changes, while somebody listens. */
@Injectable()
export class ProviderEvents implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  /** Circuits belong to a process: two of them may see the same service differently. */
  readonly #instance = randomUUID();
  #known = new Map<string, string>();
  #cancel: Cancel | undefined;

  constructor(
    private readonly hub: EventHub,
    private readonly standings: ProviderStandings,
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
    for (const [name, standing] of now) {
      if (this.#known.get(name) === standing) continue;
      const data = { instance: this.#instance, ...(JSON.parse(standing) as ProviderStanding) };
      void this.hub.publish(PROVIDERS_TOPIC.name, { type: 'provider.changed', data });
    }
    this.#known = now;
  }

  private read(): Map<string, string> {
    return new Map(this.standings.list().map((standing) => [standing.name, JSON.stringify(standing)]));
  }
}
