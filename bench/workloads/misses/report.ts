import type { Bar, Chart, Target } from '../../findings/findings.ts';
import { formatPercent, formatWhole, toTable } from '../../findings/table.ts';
import { disagreement, median, percentile, spread, greatestDisagreement } from '../../measures/statistics.ts';
import type { TrafficResult } from './traffic.ts';

export interface TrafficSummary {
  name: string;
  wanted: number | undefined;
  requestsPerSecond: number;
  hits: number;
  misses: number;
  /** Median of the rounds; so is `hitP99Ms`. */
  hitP50Ms: number;
  hitP99Ms: number;
  /** Of each round. */
  hitP99sMs: number[];
  /** Of the rounds' p99. */
  hitP99Spread: number;
  /** p99 / p50 of the hits. */
  ratio: number;
  missP50Ms: number | undefined;
  doubts: string[];
}

const toDoubts = (name: string, rounds: number[][]): string[] => {
  const factor = disagreement(rounds.map((round) => percentile(round, 0.5)));
  if (factor <= greatestDisagreement) return [];
  return [`${name}: its rounds disagree by a factor of ${factor.toFixed(2)}: is the machine busy?`];
};

export const summarizeTraffic = ({
  traffic,
  seconds,
  missLatenciesMs,
  hitLatenciesMs,
}: TrafficResult): TrafficSummary => {
  const hits = hitLatenciesMs.reduce((sum, round) => sum + round.length, 0);
  const p99s = hitLatenciesMs.map((round) => percentile(round, 0.99));
  const hitP50Ms = median(hitLatenciesMs.map((round) => percentile(round, 0.5)));
  const hitP99Ms = median(p99s);
  return {
    name: traffic.name,
    wanted: traffic.wanted,
    requestsPerSecond: (hits + missLatenciesMs.length) / seconds,
    hits,
    misses: missLatenciesMs.length,
    hitP50Ms,
    hitP99Ms,
    hitP99sMs: p99s,
    hitP99Spread: spread(p99s),
    ratio: hitP99Ms / hitP50Ms,
    missP50Ms: missLatenciesMs.length === 0 ? undefined : percentile(missLatenciesMs, 0.5),
    doubts: toDoubts(traffic.name, hitLatenciesMs),
  };
};

const formatMs = (value: number): string => `${value.toFixed(2)} ms`;

const toRow = (summary: TrafficSummary, isDoubtful: boolean): string[] => [
  summary.name,
  formatWhole(summary.requestsPerSecond),
  formatWhole(summary.hits),
  formatWhole(summary.misses),
  formatMs(summary.hitP50Ms),
  formatMs(summary.hitP99Ms),
  formatPercent(summary.hitP99Spread),
  isDoubtful ? 'refused' : `× ${summary.ratio.toFixed(2)}`,
  summary.wanted === undefined ? '' : `≤ ${summary.wanted}`,
  summary.missP50Ms === undefined ? '–' : formatMs(summary.missP50Ms),
];

/** The figures as text for a terminal. `doubts` are about all of them. */
export const toTrafficReport = (summaries: TrafficSummary[], doubts: string[]): string => {
  const header = ['', 'req/s', 'hits', 'misses', 'hit p50', 'hit p99', 'spread', 'p99 / p50', 'wanted', 'miss p50'];
  const toLine = (summary: TrafficSummary): string[] => toRow(summary, doubts.length + summary.doubts.length > 0);
  const reasons = [...doubts, ...summaries.flatMap((summary) => summary.doubts)];
  return [toTable([header, ...summaries.map(toLine)]), ...reasons.map((reason) => `no ratio: ${reason}`)].join('\n');
};

const toBar = ({ name, hitP99Ms, hitP99sMs, hitP50Ms }: TrafficSummary): Bar => ({
  ...{ name, value: hitP99Ms, low: Math.min(...hitP99sMs), high: Math.max(...hitP99sMs) },
  note: `p50 ${formatMs(hitP50Ms)}`,
});

const toTarget = ({ name, ratio, wanted, doubts: ownDoubts }: TrafficSummary, doubts: string[]): Target[] => {
  if (wanted === undefined) return [];
  const what = `hits p99 : p50, ${name}`;
  return [{ what, value: ratio, unit: '×', bound: 'at most', wanted, doubts: [...doubts, ...ownDoubts] }];
};

/** `doubts` are about all of them. */
export const toTrafficFindings = (
  summaries: TrafficSummary[],
  doubts: string[],
): { charts: Chart[]; targets: Target[] } => ({
  charts: [{ title: 'p99 of hits', unit: 'ms', better: 'less', bars: summaries.map(toBar) }],
  targets: summaries.flatMap((summary) => toTarget(summary, doubts)),
});
