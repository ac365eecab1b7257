import type { Choice } from './choose-workloads.ts';
import type { Plan } from './workload.ts';

// Of a workload that does not say how long it takes.
const usualSeconds = 30;

/** How long a run will take; roughly. */
export const estimateSeconds = (choices: readonly Choice[], conditions: Omit<Plan, 'subjects'>): number =>
  choices.reduce(
    (sum, { workload, subjects }) => sum + (workload.estimateSeconds?.({ ...conditions, subjects }) ?? usualSeconds),
    0,
  );

export const formatDuration = (seconds: number): string =>
  seconds < 180 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} minutes`;
