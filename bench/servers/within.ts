import { setTimeout as delay } from 'node:timers/promises';

/** The outcome of `work`. @throws Error saying that `what` took longer than `timeoutMs` */
export const within = async <T>(timeoutMs: number, what: string, work: Promise<T>): Promise<T> => {
  const finished = new AbortController();
  const expiry = delay(timeoutMs, undefined, { signal: finished.signal }).then(() => {
    throw new Error(`${what} took longer than ${timeoutMs} ms`);
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    finished.abort();
    expiry.catch(() => undefined);
  }
};
