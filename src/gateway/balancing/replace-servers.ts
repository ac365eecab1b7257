import type { Endpoint } from '../../outbound/index.ts';
import { isSameServer } from './is-same-server.ts';
import { ServerState } from './server-state.ts';

/** Of the servers `before`, those that stay, and with them those that are new; in the order of `endpoints`. */
export const replaceServers = (
  before: readonly ServerState[],
  endpoints: readonly Endpoint[],
  now: number,
): { servers: ServerState[]; removed: Endpoint[] } => {
  const known = new Map(before.map((server) => [server.endpoint.id, server]));
  // The very first have nobody to leave the calls to while they start slowly.
  const servesSince = before.length === 0 ? -Infinity : now;
  const after = new Map<string, ServerState>();
  for (const endpoint of endpoints) {
    if (after.has(endpoint.id)) continue;
    const server = keep(known.get(endpoint.id), endpoint) ?? new ServerState(endpoint, servesSince);
    server.place = after.size;
    after.set(endpoint.id, server);
  }
  const removed = before.filter((server) => after.get(server.endpoint.id) !== server);
  return { servers: [...after.values()], removed: removed.map(({ endpoint }) => endpoint) };
};

const keep = (server: ServerState | undefined, endpoint: Endpoint): ServerState | undefined => {
  if (server === undefined || !isSameServer(server.endpoint, endpoint)) return undefined;
  const { weight, priority } = server.endpoint;
  if (weight !== endpoint.weight || priority !== endpoint.priority) server.endpoint = endpoint;
  return server;
};
