import type { AttemptBar } from './snapshot.ts';

/** What an attempt, or the call between two of them, was doing; in ms since the call began. */
export interface Phase {
  readonly name: PhaseName;
  readonly fromMs: number;
  readonly toMs: number;
}

export type PhaseName = 'queued' | 'prepared' | 'connected' | 'waited' | 'received';

/** In the order in which they follow each other, with what each is about. */
export const PHASES: Readonly<Record<PhaseName, string>> = {
  queued: 'queued for a permit',
  prepared: 'credential and server',
  connected: 'connection',
  waited: 'waiting for the first byte',
  received: 'body',
};

const NAMES = Object.keys(PHASES) as readonly PhaseName[];

/** Those that an attempt went through; the one it ended in takes the rest of its time. */
export const phasesOf = (attempt: AttemptBar): Phase[] => {
  const { startedAtMs, durationMs } = attempt;
  const ends = [attempt.queuedMs, attempt.dispatchedMs, attempt.sentMs, attempt.firstByteMs, durationMs];
  const reached = ends.findIndex((end) => end === null);
  const last = reached === -1 ? NAMES.length - 1 : reached;
  let fromMs = startedAtMs;
  return NAMES.slice(0, last + 1).map((name, index) => {
    const toMs = startedAtMs + (index === last ? durationMs : Math.min(ends[index] ?? durationMs, durationMs));
    const phase = { name, fromMs, toMs: Math.max(fromMs, toMs) };
    fromMs = phase.toMs;
    return phase;
  });
};

/** How long the longest of it took: one that was passed on may outlast what the call says. */
export const spanOf = (durationMs: number, attempts: readonly AttemptBar[]): number =>
  Math.max(1, durationMs, ...attempts.map((attempt) => attempt.startedAtMs + attempt.durationMs));

/** Round numbers from 0 on, at most `most` steps up to `spanMs`. */
export const ticksOf = (spanMs: number, most: number): number[] => {
  const rough = spanMs / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);
};
