/** Cancels what was scheduled; calling it again, or too late, does nothing. */
export type Cancel = () => void;

/** Where all time comes from, so that a test can replace it. Inject this; `SystemClock` is what runs in production. */
export abstract class Clock {
  /** Milliseconds on a scale that only moves forward: for durations and deadlines. */
  abstract now(): number;

  /** Milliseconds since 1970 by the wall clock: for dates sent to or read from others. */
  abstract wallTime(): number;

  /** Runs `task` once, `delayMs` from now. */
  abstract schedule(task: () => void, delayMs: number): Cancel;
}

export class SystemClock extends Clock {
  now(): number {
    return performance.now();
  }

  wallTime(): number {
    return Date.now();
  }

  schedule(task: () => void, delayMs: number): Cancel {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  }
}
