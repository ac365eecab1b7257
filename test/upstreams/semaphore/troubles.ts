import type { Answer } from './answer.ts';
import { plannedFailure } from './planned-failure.ts';
import type { SemaphoreStandIn } from './semaphore-handles.ts';

/** What was ordered to go wrong. */
export interface Troubles extends Pick<SemaphoreStandIn, 'failNext' | 'loseNextAnswer'> {
  /** The answer that was ordered for the next request, and counts it. */
  takeFailure(): Answer | undefined;
  /** Whether the answer to this write is to be lost, and counts it. */
  takeLoss(): boolean;
}

export const createTroubles = (): Troubles => {
  const failures: Answer[] = [];
  let losses = 0;
  return {
    failNext: (status, form, times = 1) => {
      for (let count = 0; count < times; count += 1) failures.push(plannedFailure(status, form));
    },
    loseNextAnswer: (times = 1) => void (losses += times),
    takeFailure: () => failures.shift(),
    takeLoss: () => {
      const isLost = losses > 0;
      if (isLost) losses -= 1;
      return isLost;
    },
  };
};
