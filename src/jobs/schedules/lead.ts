import type { Clock } from '../../platform/clock.ts';
import type { Holding } from './holding.ts';
import { jitter } from './jitter.ts';
import { pause } from '../../platform/pause.ts';

/** Often enough that a holder that stops is followed within seconds, and that some renewals may fail. */
const ASK_EVERY_MS = 2_000;

export interface Leading {
  readonly clock: Clock;
  readonly holding: Holding;
  /** Ends it all. */
  readonly signal: AbortSignal;
}

/**
 * Has `work` run here while it runs nowhere else: whoever has the holding works, the others ask for it until they get
 * it. The signal that `work` gets aborts when the holding is lost, or `signal` aborts; `work` never rejects.
 */
export const lead = async (
  { clock, holding, signal }: Leading,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  let term: AbortController | undefined;
  let working = Promise.resolve();
  const end = (): void => {
    term?.abort(signal.reason ?? new HoldingLost());
    term = undefined;
  };
  signal.addEventListener('abort', end);
  while (!signal.aborted) {
    // What cannot be asked leaves it as it is, for as long as nobody else can have it.
    const isHeld = await holding.take().catch(() => holding.isHeld);
    if (!isHeld) end();
    else if (!signal.aborted && term === undefined) {
      term = new AbortController();
      working = work(term.signal);
    }
    await pause(clock, jitter(ASK_EVERY_MS), signal);
  }
  await working;
  await holding.release();
};

export class HoldingLost extends Error {
  constructor() {
    super('Somebody else does it now');
    this.name = 'HoldingLost';
  }
}
