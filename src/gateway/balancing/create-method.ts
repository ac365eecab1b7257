import type { BalanceOptions } from '../routes/target-options.ts';
import { consistentHash } from './consistent-hash.ts';
import type { Method } from './method.ts';
import { powerOfTwo } from './power-of-two.ts';
import { roundRobin } from './round-robin.ts';
import { weighted } from './weighted.ts';

/** @param random gives [0, 1) */
export const createMethod = (method: BalanceOptions['method'], random: () => number): Method => {
  switch (method) {
    case 'p2c':
      return powerOfTwo(random);
    case 'round-robin':
      return roundRobin();
    case 'weighted':
      return weighted();
    case 'hash':
      return consistentHash();
  }
};
