import type { CancelSignal } from '../platform/cancellation.ts';
import type { Clock } from '../platform/clock.ts';
import { pause } from '../platform/pause.ts';

const PAUSE_MS = 1_000;

interface PersistOptions {
  readonly clock: Clock;
  readonly tries: number;
  /** Ends it after one last try. */
  readonly stopping: CancelSignal;
}

/** Does `work`, again each second while it throws. @throws what it threw last */
export const persist = async <T>({ clock, tries, stopping }: PersistOptions, work: () => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried >= tries || stopping.aborted) throw error;
      await pause(clock, PAUSE_MS, stopping);
    }
  }
};
