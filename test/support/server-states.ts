import type { EndpointStatus, ProviderStatus } from '../../src/outbound/index.ts';

/** All upstreams and services that operators see, by name. */
export const upstreamsOf = async (url: string): Promise<ReadonlyMap<string, ProviderStatus>> => {
  const response = await fetch(`${url}/health/providers`);
  const { providers } = (await response.json()) as { providers: ProviderStatus[] };
  return new Map(providers.map((provider) => [provider.name, provider]));
};

/** How the servers of a route are, as operators see it: by their URLs. */
export const serversOf = async (url: string, route: string): Promise<ReadonlyMap<string, EndpointStatus>> => {
  const endpoints = (await upstreamsOf(url)).get(`gateway.${route}`)?.endpoints ?? [];
  return new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
};
