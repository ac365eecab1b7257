import { disagreement, median, greatestDisagreement } from '../measures/statistics.ts';

/** Our figure divided by another's. */
export interface Ratio {
  /** One for each round: both were measured in it, seconds apart. */
  rounds: number[];
  median: number;
  /** Why it proves nothing; empty when it does. */
  doubts: string[];
}

const toText = (ratio: number): string => `× ${ratio.toFixed(2)}`;

const toDoubts = (rounds: number[]): string[] => {
  const factor = disagreement(rounds);
  if (factor <= greatestDisagreement) return [];
  const range = `from ${toText(Math.min(...rounds))} to ${toText(Math.max(...rounds))}`;
  return [`its rounds give ratios ${range}, which disagree by a factor of ${factor.toFixed(2)}: is the machine busy?`];
};

/** By pairs of rounds: a machine that slows down slows both. @throws RangeError for an empty list */
export const pairRounds = (ours: number[], theirs: number[]): Ratio => {
  const rounds = ours.map((figure, round) => figure / (theirs[round] ?? NaN));
  return { rounds, median: median(rounds), doubts: toDoubts(rounds) };
};
