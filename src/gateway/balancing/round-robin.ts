import type { Method } from './method.ts';
import type { ServerState } from './server-state.ts';
import { chooseByCredit } from './weighted.ts';

/** One after the other, all alike; by their shares while somebody starts slowly. */
export const roundRobin = (): Method => {
  let last: ServerState | undefined;
  let lastAt = -1;
  return {
    choose: (candidates) => {
      const { servers } = candidates;
      if (!candidates.isEven) return (last = chooseByCredit(candidates));
      const areTheSame = last === undefined || servers[lastAt] === last;
      lastAt = areTheSame ? (lastAt + 1) % servers.length : nextAfter(last!, servers);
      return (last = servers[lastAt]!);
    },
  };
};

/** Goes on where it was in the order of all, whoever of them may be chosen now. */
const nextAfter = ({ place }: ServerState, servers: readonly ServerState[]): number =>
  Math.max(
    0,
    servers.findIndex((server) => server.place > place),
  );
