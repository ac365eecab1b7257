import type { Clock } from '../../platform/clock.ts';
import type { Call, Reply, Send } from '../http/call.ts';

/** Sends `call` with a signal of its own that also aborts, with the error `expired` makes, after `timeoutMs`. */
export const withTimeout = async (
  next: Send,
  call: Call,
  { clock, timeoutMs, expired }: { clock: Clock; timeoutMs: number; expired: () => Error },
): Promise<Reply> => {
  const { signal } = call;
  if (signal.aborted) throw signal.reason as Error;
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', follow);
  const cancel = clock.schedule(() => controller.abort(expired()), timeoutMs);
  try {
    return await next({ ...call, signal: controller.signal });
  } finally {
    cancel();
    signal.removeEventListener('abort', follow);
  }
};
