import { toCandidates, type Candidates } from './candidates.ts';
import type { ServerState } from './server-state.ts';

type Order = (one: ServerState, other: ServerState) => number;

/**
 * All servers, in the groups that are used one after the other: those that are well before those that are out, among them
 * by priority (RFC 2782), and of one priority those without weight last. When all are out (panic), that is as if none were.
 */
export const toTiers = (servers: readonly ServerState[], now: number): Candidates[] => {
  const order = orderAt(now);
  const tiers: ServerState[][] = [];
  for (const server of servers.toSorted(order)) {
    const tier = tiers.at(-1);
    if (tier && order(tier[0]!, server) === 0) tier.push(server);
    else tiers.push([server]);
  }
  return tiers.map(toCandidates);
};

const orderAt =
  (now: number): Order =>
  (one, other) =>
    Number(one.isOut(now)) - Number(other.isOut(now)) ||
    one.endpoint.priority - other.endpoint.priority ||
    Number(one.endpoint.weight === 0) - Number(other.endpoint.weight === 0);
