import type { Chart, Target } from '../../findings/findings.ts';
import { formatWhole, toTable } from '../../findings/table.ts';
import { doubtLoads, isGood, type OpenLoopResult } from '../../load/open-loop.ts';
import { disagreement, median, percentile } from '../../measures/statistics.ts';
import { app } from '../../subjects/app.ts';
import type { Outcome } from '../../workload.ts';

/** All rounds of one subject. */
export interface TailResult {
  name: string;
  loads: OpenLoopResult[];
  /** How often the upstream was asked for each request; one of each round. */
  callsPerRequest: number[];
}

interface TailSummary {
  name: string;
  requests: number;
  /** Medians of the rounds. */
  p50Ms: number;
  p99Ms: number;
  p995Ms: number;
  p999Ms: number;
  /** One of each round. */
  p995sMs: number[];
  /** Beyond one for each request, as a share. */
  moreCalls: number;
  doubts: string[];
}

export const usualMs = 5;
export const slowMs = 250;
/** 0.6 % of the upstream's answers are slow. */
export const slowOneIn = 167;
const wantedRatio = 0.25;
const wantedMoreCalls = 0.03;
/** Of the ratio, from round to round: the few slowest answers vary more than a throughput does. */
const greatestDisagreement = 2;
const greatestFailedShare = 0.001;
// Beyond that it is the load whose tail is seen.
const greatestLatenessMs = 10;

const toDoubts = (loads: OpenLoopResult[], requests: number, answers: number): string[] => {
  const failed = requests - answers;
  const isFailing = failed > greatestFailedShare * requests;
  const doubts = doubtLoads(loads, greatestLatenessMs);
  return isFailing ? [...doubts, `${failed} requests had no right answer within their caller's patience`] : doubts;
};

const summarize = ({ name, loads, callsPerRequest }: TailResult): TailSummary => {
  const latenciesMs = loads.map(({ fates }) => fates.filter(isGood).map(({ tookMs }) => tookMs));
  const percentiles = (share: number): number[] => latenciesMs.map((round) => percentile(round, share));
  const requests = loads.flatMap(({ fates }) => fates).length;
  return {
    name,
    requests,
    p50Ms: median(percentiles(0.5)),
    p99Ms: median(percentiles(0.99)),
    p995Ms: median(percentiles(0.995)),
    p999Ms: median(percentiles(0.999)),
    p995sMs: percentiles(0.995),
    moreCalls: median(callsPerRequest) - 1,
    doubts: toDoubts(loads, requests, latenciesMs.flat().length).map((doubt) => `${name}: ${doubt}`),
  };
};

const toRatioTarget = (hedged: TailSummary, unhedged: TailSummary): Target => {
  const ratios = hedged.p995sMs.map((p995Ms, round) => p995Ms / (unhedged.p995sMs[round] ?? NaN));
  const factor = disagreement(ratios);
  const isSteady = factor <= greatestDisagreement;
  const sawStragglers = Math.min(...unhedged.p995sMs) >= slowMs;
  const doubts = [
    ...[...hedged.doubts, ...unhedged.doubts],
    ...(isSteady ? [] : [`the rounds' ratios disagree by a factor of ${factor.toFixed(2)}: is the machine busy?`]),
    ...(sawStragglers ? [] : ['no hedge was on, and yet the stragglers are not seen']),
  ];
  return {
    what: 'p99.5, hedged : unhedged',
    value: median(ratios),
    unit: '×',
    bound: 'at most',
    wanted: wantedRatio,
    doubts,
  };
};

const toTargets = (summaries: TailSummary[]): Target[] => {
  const hedged = summaries.find(({ name }) => name === app.name);
  const unhedged = summaries.find(({ name }) => name === 'unhedged');
  if (!hedged || !unhedged) return [];
  const moreCalls: Target = {
    what: 'more upstream calls, hedged',
    value: hedged.moreCalls * 100,
    unit: '%',
    bound: 'at most',
    wanted: wantedMoreCalls * 100,
    doubts: hedged.doubts,
  };
  return [toRatioTarget(hedged, unhedged), moreCalls];
};

const formatMs = (value: number): string => `${value.toFixed(1)} ms`;

const toRow = (summary: TailSummary): string[] => [
  summary.name === app.name ? `${app.name}, hedged` : summary.name,
  formatWhole(summary.requests),
  ...[summary.p50Ms, summary.p99Ms, summary.p995Ms, summary.p999Ms].map(formatMs),
  `${(summary.moreCalls * 100).toFixed(2)} %`,
];

const toLine = ({ what, value, unit, wanted, doubts }: Target): string => {
  const figure = unit === '×' ? `× ${value.toFixed(2)}` : `${value.toFixed(2)} ${unit}`;
  return `${what}: ${doubts.length > 0 ? 'refused' : figure}, wanted ≤ ${wanted}${unit === '×' ? '' : ` ${unit}`}`;
};

const toChart = (summaries: TailSummary[]): Chart => ({
  title: `p99.5 while 0.6 % of the upstream's answers take ${slowMs} ms instead of ${usualMs} ms`,
  unit: 'ms',
  better: 'less',
  bars: summaries.map((summary) => ({
    name: summary.name === app.name ? `${app.name}, hedged` : summary.name,
    value: summary.p995Ms,
    low: Math.min(...summary.p995sMs),
    high: Math.max(...summary.p995sMs),
  })),
});

export const toTailOutcome = (results: TailResult[]): Outcome => {
  const summaries = results.map(summarize);
  const targets = toTargets(summaries);
  const doubts = [
    ...new Set([...summaries.flatMap((summary) => summary.doubts), ...targets.flatMap((target) => target.doubts)]),
  ];
  const header = ['', 'requests', 'p50', 'p99', 'p99.5', 'p99.9', 'more calls'];
  const report = [toTable([header, ...summaries.map(toRow)]), ...targets.map(toLine), ...doubts].join('\n');
  return { report, figures: summaries, doubts, charts: [toChart(summaries)], targets };
};
