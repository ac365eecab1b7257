import type { CancelSignal } from '../../platform/cancellation.ts';
import type { Clock } from '../../platform/clock.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';
import { pause } from '../../platform/pause.ts';

const ASK_EVERY_MS = 2_000;

interface Patience {
  readonly clock: Clock;
  /** On the clock's monotonic scale. */
  readonly giveUpAt: number;
  readonly signal: CancelSignal;
}

/** Asks the vault, again and again while it is unavailable. @throws what it fails with when it is too late */
export const untilAvailable = async <T>({ clock, giveUpAt, signal }: Patience, ask: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isWorthIt = error instanceof VaultUnavailable && clock.now() + ASK_EVERY_MS < giveUpAt;
      if (!isWorthIt || signal.aborted) throw error;
    }
    await pause(clock, ASK_EVERY_MS, signal);
  }
};
