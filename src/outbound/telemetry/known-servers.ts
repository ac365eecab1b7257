import type { ProviderRegistry } from '../provider-registry.ts';
import { toServerAddress, type ServerAddress } from './server-address.ts';

/** Of one provider, as long as the process lives: where servers come and go, each would leave its series behind. */
const MAX_SERVERS = 20;

const UNKNOWN: ServerAddress = Object.freeze({});
const OTHER: ServerAddress = Object.freeze({ 'server.address': '(other)' });

/** `server.address` and `server.port` of servers that configuration or discovery names: never of what a call made up. */
export class KnownServers {
  readonly #byProvider = new Map<string, Map<string, ServerAddress>>();

  constructor(private readonly registry: ProviderRegistry) {}

  /** @param server origin, or id, of one of the provider's servers */
  of(provider: string, server: string): ServerAddress {
    const known = this.#byProvider.get(provider)?.get(server);
    return known ?? this.learn(provider, server);
  }

  private learn(name: string, server: string): ServerAddress {
    const servers = this.#byProvider.get(name) ?? new Map<string, ServerAddress>();
    // First of all: with many servers most attempts get here.
    if (servers.size >= MAX_SERVERS) return OTHER;
    const provider = this.registry.find(name);
    if (provider === undefined || !URL.canParse(server)) return UNKNOWN;
    const isKnown =
      provider.origins.includes(server) || provider.status.endpoints?.some(({ id }) => id === server) === true;
    if (!isKnown) return UNKNOWN;
    const labels = toServerAddress(server);
    this.#byProvider.set(name, servers.set(server, labels));
    return labels;
  }
}
