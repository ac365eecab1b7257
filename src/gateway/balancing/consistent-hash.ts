import { hashOf } from './hash-of.ts';
import { findPoint, toRing } from './hash-ring.ts';
import type { Method } from './method.ts';

/**
 * Calls of the same affinity go to the same server. When it is out they go to the next on the ring, and come back with it;
 * nobody else's calls move. There is no slow start: it would move them there and back.
 */
export const consistentHash = (): Method => {
  let ring = toRing([]);
  return {
    prepare: (servers) => void (ring = toRing(servers)),
    choose: ({ servers }, call) => {
      if (servers.length === 1) return servers[0]!;
      const { owners } = ring;
      let at = findPoint(ring, hashOf(call.affinity ?? ''));
      while (!servers.includes(owners[at]!)) at = at + 1 === owners.length ? 0 : at + 1;
      return owners[at]!;
    },
  };
};
