import type { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';

/**
 * What comes of `work`; undefined when it fails, or takes longer than `limitMs`. It belongs to no request, and goes on
 * when nobody waits for it any more.
 */
export const within = <T>(clock: Clock, limitMs: number, work: () => Promise<T>): Promise<T | undefined> =>
  new Promise((resolve) => {
    const giveUp = (): void => resolve(undefined);
    const cancel = clock.schedule(giveUp, limitMs);
    outsideContext(work).finally(cancel).then(resolve, giveUp);
  });
