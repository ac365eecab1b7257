import { randomUUID } from 'node:crypto';
import { Cancellation, type CancelSignal } from '../../platform/cancellation.ts';
import type { Cancel, Clock } from '../../platform/clock.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';
import type { Tracing } from '../../platform/telemetry/tracing.ts';
import { unlessAborted } from '../../platform/unless-aborted.ts';
import { traceRun } from './trace-run.ts';

export interface BackgroundMeans {
  readonly clock: Clock;
  readonly tracing: Tracing;
}

export interface BackgroundRunOptions {
  /** For traces, such as `poll ci board`. */
  readonly name: string;
  /** Longest it may take, in ms. */
  readonly maxMs: number;
  /** Ends it. */
  readonly signal: CancelSignal;
}

/** How long what has been told to stop is waited for, in ms. */
const GRACE_MS = 5_000;

/**
 * Runs `work` as something that nobody waits for, with a deadline; its signal aborts when that passes, or `signal` does.
 * It is then waited for 5 s longer; what does not hear its signal is left to itself. It is a trace of its own.
 * @throws RunTooLong; the signal's reason; what `work` throws
 */
export const runInBackground = async <T>(
  { clock, tracing }: BackgroundMeans,
  { name, maxMs, signal }: BackgroundRunOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  if (signal.aborted) throw signal.reason;
  const context = new RequestContext(randomUUID(), undefined, clock.now() + maxMs, true, tracing.sample);
  const { isGivenUp, forget } = giveUpAfterAbort(clock, context.cancellation);
  const onAbort = (): void => context.abort(signal.reason);
  signal.addEventListener('abort', onAbort);
  const cancel = clock.schedule(() => context.abort(new RunTooLong(maxMs)), maxMs);
  try {
    const run = (): Promise<T> => runInContext(context, async () => work(context.signal));
    return await traceRun({ clock, tracing }, { name, context }, () => unlessAborted(run(), isGivenUp));
  } finally {
    cancel();
    forget();
    signal.removeEventListener('abort', onAbort);
    context.end();
  }
};

const giveUpAfterAbort = (clock: Clock, told: CancelSignal): { isGivenUp: CancelSignal; forget: () => void } => {
  const isGivenUp = new Cancellation();
  let cancel: Cancel = () => undefined;
  told.addEventListener('abort', () => {
    cancel = clock.schedule(() => isGivenUp.abort(told.reason), GRACE_MS);
  });
  return { isGivenUp, forget: () => cancel() };
};

export class RunTooLong extends Error {
  constructor(maxMs: number) {
    super(`It was not over after ${maxMs} ms`);
    this.name = 'RunTooLong';
  }
}
