import type { CancelSignal } from './cancellation.ts';

/** What `promise` comes to, or the signal's reason as soon as it aborts: what others wait for, too, goes on. */
export const unlessAborted = <T>(promise: Promise<T>, signal: CancelSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
