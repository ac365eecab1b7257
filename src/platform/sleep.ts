import type { CancelSignal } from './cancellation.ts';
import type { Clock } from './clock.ts';

/** Resolves after `delayMs`; rejects with the signal's reason as soon as it aborts, leaving no timer behind. */
export const sleep = (clock: Clock, delayMs: number, signal: CancelSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.schedule(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', onAbort);
  });
