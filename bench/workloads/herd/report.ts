import type { Chart, Target } from '../../findings/findings.ts';
import { formatPercent, formatWhole, toTable } from '../../findings/table.ts';
import { median, spread } from '../../measures/statistics.ts';
import { app } from '../../subjects/app.ts';
import type { Outcome } from '../../workload.ts';

/** All herds of one subject. */
export interface HerdResult {
  name: string;
  /** Of each herd: from the first request to the last byte of the last answer. */
  lastAnswersMs: number[];
  /** Of each herd. */
  upstreamCalls: number[];
  /** Callers who did not get the answer, of all herds. */
  refused: number;
}

const wantedCalls = 1;

const formatMs = (value: number): string => `${formatWhole(value)} ms`;

const toRow = ({ name, lastAnswersMs, upstreamCalls, refused }: HerdResult): string[] => [
  name,
  formatWhole(lastAnswersMs.length),
  formatWhole(median(upstreamCalls)),
  formatWhole(Math.max(...upstreamCalls)),
  name === app.name ? `≤ ${wantedCalls}` : '',
  formatMs(median(lastAnswersMs)),
  formatMs(Math.max(...lastAnswersMs)),
  formatPercent(spread(lastAnswersMs)),
  formatWhole(refused),
];

const toChart = (
  title: string,
  unit: string,
  valuesOf: (result: HerdResult) => number[],
  results: HerdResult[],
): Chart => ({
  title,
  unit,
  better: 'less',
  bars: results.map((result) => {
    const values = valuesOf(result);
    return { name: result.name, value: median(values), low: Math.min(...values), high: Math.max(...values) };
  }),
});

// The most of all herds: one that slipped through is one too many.
const toTarget = ({ upstreamCalls, refused }: HerdResult): Target => ({
  what: 'upstream calls of a herd',
  value: Math.max(...upstreamCalls),
  unit: 'calls',
  bound: 'at most',
  wanted: wantedCalls,
  doubts: toDoubts(refused),
});

const toDoubts = (refused: number): string[] => (refused === 0 ? [] : [`${refused} callers did not get the answer`]);

export const toHerdOutcome = (results: HerdResult[]): Outcome => {
  const header = ['', 'herds', 'upstream calls', 'at most', 'wanted', 'last answer', 'at most', 'spread', 'refused'];
  return {
    report: toTable([header, ...results.map(toRow)]),
    figures: results,
    doubts: results.filter(({ name }) => name === app.name).flatMap(({ refused }) => toDoubts(refused)),
    charts: [
      toChart('Upstream calls of a herd', 'calls', ({ upstreamCalls }) => upstreamCalls, results),
      toChart('Until the last of 1,000 has its answer', 'ms', ({ lastAnswersMs }) => lastAnswersMs, results),
    ],
    targets: results.filter(({ name }) => name === app.name).map(toTarget),
  };
};
