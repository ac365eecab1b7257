import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Provider } from './provider.ts';

/** The providers of this application by name: registered by `forProvider`, found here by whatever shows or uses them all. */
@Injectable()
export class ProviderRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #providers = new Map<string, Provider>();

  /** @throws TypeError when the name is taken */
  register(provider: Provider): Provider {
    if (this.#providers.has(provider.name))
      throw new TypeError(`Two providers are named "${provider.name}": rename one`);
    this.#providers.set(provider.name, provider);
    return provider;
  }

  /** In the place of an earlier one of that name, which goes on for those who have it. One that is isolated stays so. */
  replace(provider: Provider): Provider {
    if (this.#providers.get(provider.name)?.isIsolated) provider.isolate();
    this.#providers.set(provider.name, provider);
    return provider;
  }

  /** Of one that is no more. */
  unregister(provider: Provider): void {
    if (this.#providers.get(provider.name) === provider) this.#providers.delete(provider.name);
  }

  /** Undefined when there is none of that name. */
  find(name: string): Provider | undefined {
    return this.#providers.get(name);
  }

  /** @throws TypeError naming what there is, when there is none of that name */
  get(name: string): Provider {
    const provider = this.#providers.get(name);
    if (provider) return provider;
    throw new TypeError(`No provider is named "${name}"; there are: ${[...this.#providers.keys()].join(', ')}`);
  }

  /** By name: the order in which modules are started tells nothing. */
  all(): Provider[] {
    return [...this.#providers.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** @throws TypeError when a provider lacks something that the rest of the application should have */
  onApplicationBootstrap(): void {
    for (const provider of this.all()) provider.prepare();
  }

  /** Runs when no request is in flight any more. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.all().map((provider) => provider.close()));
  }
}
