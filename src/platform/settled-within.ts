import type { Clock } from './clock.ts';

/** Resolves when the promise is settled, however that is, or after `limitMs`, leaving no timer behind. */
export const settledWithin = (promise: Promise<unknown>, limitMs: number, clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.schedule(resolve, limitMs);
    const end = (): void => {
      cancel();
      resolve();
    };
    promise.then(end, end);
  });
