import type { Clock } from '../../platform/clock.ts';
import type { Holding } from './holding.ts';
import { pause } from '../../platform/pause.ts';

const RENEW_EVERY_MS = 2_000;

/** Keeps what is held until `work` is over, and gives it back. */
export const renewWhile = async <T>(clock: Clock, holding: Holding, work: () => Promise<T>): Promise<T> => {
  const over = new AbortController();
  const renewing = renewUntil(clock, holding, over.signal);
  try {
    return await work();
  } finally {
    over.abort();
    // A renewal that comes after would take it again.
    await renewing;
    await holding.release();
  }
};

const renewUntil = async (clock: Clock, holding: Holding, signal: AbortSignal): Promise<void> => {
  for (;;) {
    await pause(clock, RENEW_EVERY_MS, signal);
    if (signal.aborted) return;
    await holding.take().catch(() => false);
  }
};
