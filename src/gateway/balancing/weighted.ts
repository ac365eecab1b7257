import type { Candidates } from './candidates.ts';
import type { Method } from './method.ts';
import type { ServerState } from './server-state.ts';

/** Smooth weighted round robin: everyone has exactly its share, and the turns of one lie far apart. */
export const weighted = (): Method => ({ choose: chooseByCredit });

/** Each is given its share; who then has most is chosen, and pays for all. */
export const chooseByCredit = ({ servers, total }: Candidates): ServerState => {
  let chosen = servers[0]!;
  for (const server of servers) {
    // Credits stay within the total by themselves; what is left of other servers and shares must not count for more.
    server.credit = Math.min(total, Math.max(-total, server.credit)) + server.share;
    if (server.credit > chosen.credit) chosen = server;
  }
  chosen.credit -= total;
  return chosen;
};
