import { isGood, toMoments, type Fate } from '../../load/open-loop.ts';
import { createRandom } from '../../load/seeded-random.ts';
import { percentile } from '../../measures/statistics.ts';

export type PhaseName = 'normal' | 'overload' | 'recovery' | 'death' | 'return';

interface Phase {
  name: PhaseName;
  fromMs: number;
  toMs: number;
  /** Of the upstream's capacity. */
  load: number;
}

/** What became of the requests that were sent in a phase. */
export interface PhaseFigures {
  name: PhaseName;
  offeredPerSecond: number;
  /** Right answers within the callers' patience. */
  goodPerSecond: number;
  /** Answers of 503 with Retry-After; undefined where there were none. */
  refused: { share: number; p50Ms: number; p99Ms: number } | undefined;
  /** From its beginning until nearly all of a whole second's requests were answered well; undefined: not in it. */
  wellAfterMs: number | undefined;
}

/** In units of the seconds of a round. */
const lengths: readonly [PhaseName, number, number][] = [
  ['normal', 1, 0.5],
  ['overload', 5, 2],
  ['recovery', 5, 0.5],
  ['death', 2, 0.5],
  ['return', 3, 0.5],
];
const wellShare = 0.9;
const wellForMs = 1_000;
const stepMs = 100;

export const toPhases = (secondsPerUnit: number): Phase[] => {
  let endMs = 0;
  return lengths.map(([name, units, load]) => {
    const fromMs = endMs;
    endMs += units * secondsPerUnit * 1_000;
    return { name, fromMs, toMs: endMs, load };
  });
};

/** When to send the requests of all phases. */
export const toSchedule = (phases: Phase[], capacity: number, seed: number): number[] => {
  const random = createRandom(seed);
  return phases.flatMap(({ fromMs, toMs, load }) => toMoments({ fromMs, toMs, perSecond: load * capacity }, random));
};

const countWithin = (fates: Fate[], fromMs: number, toMs: number): { all: number; good: number } => {
  const within = fates.filter(({ sentAtMs }) => sentAtMs >= fromMs && sentAtMs < toMs);
  return { all: within.length, good: within.filter(isGood).length };
};

const findWellAfterMs = (fates: Fate[], { fromMs, toMs }: Phase): number | undefined => {
  for (let atMs = fromMs; atMs + wellForMs <= toMs; atMs += stepMs) {
    const { all, good } = countWithin(fates, atMs, atMs + wellForMs);
    if (good >= wellShare * all) return atMs - fromMs;
  }
  return undefined;
};

const toRefused = (fates: Fate[]): PhaseFigures['refused'] => {
  const latenciesMs = fates
    .filter(({ status, hasRetryAfter }) => status === 503 && hasRetryAfter)
    .map(({ tookMs }) => tookMs);
  if (latenciesMs.length === 0) return undefined;
  const [p50Ms, p99Ms] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.99)];
  return { share: latenciesMs.length / fates.length, p50Ms, p99Ms };
};

export const toPhaseFigures = (fates: Fate[], phase: Phase): PhaseFigures => {
  const seconds = (phase.toMs - phase.fromMs) / 1_000;
  const own = fates.filter(({ sentAtMs }) => sentAtMs >= phase.fromMs && sentAtMs < phase.toMs);
  return {
    name: phase.name,
    offeredPerSecond: own.length / seconds,
    goodPerSecond: own.filter(isGood).length / seconds,
    refused: toRefused(own),
    wellAfterMs: findWellAfterMs(own, phase),
  };
};
