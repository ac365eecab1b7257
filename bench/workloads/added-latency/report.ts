import type { Bar, Chart, Target } from '../../findings/findings.ts';
import { formatPercent, formatWhole, toTable } from '../../findings/table.ts';
import { disagreement, median, percentile, spread, greatestDisagreement } from '../../measures/statistics.ts';

/** All rounds of one way to the upstream. */
export interface LatencyResult {
  name: string;
  /** What it may add at most, in ms, as the project wants it. */
  wantedMs: number | undefined;
  /** One list for each round. */
  latenciesMs: number[][];
  /** How often the upstream was asked in these rounds. */
  upstreamCalls: number;
}

export interface LatencySummary {
  name: string;
  wantedMs: number | undefined;
  answers: number;
  /** Median of the rounds; so is `p99Ms`. */
  p50Ms: number;
  p99Ms: number;
  /** Of each round. */
  p50sMs: number[];
  /** Of the rounds' p50. */
  p50Spread: number;
  /** Median of what each round's p50 was above that of the direct calls just before; 0 for those themselves. */
  addedP50Ms: number;
  upstreamCallsPerAnswer: number;
  doubts: string[];
}

const p50Of = (round: number[]): number => percentile(round, 0.5);

const toDoubts = (p50s: number[], upstreamCallsPerAnswer: number): string[] => {
  const factor = disagreement(p50s);
  const doubts: [boolean, string][] = [
    [
      !(factor <= greatestDisagreement),
      `its rounds disagree by a factor of ${factor.toFixed(2)}: is the machine busy?`,
    ],
    [upstreamCallsPerAnswer !== 1, `it asked the upstream ${upstreamCallsPerAnswer.toFixed(4)} times per answer`],
  ];
  return doubts.flatMap(([present, text]) => (present ? [text] : []));
};

export const summarizeLatency = (result: LatencyResult, direct: LatencyResult): LatencySummary => {
  const { name, wantedMs, latenciesMs, upstreamCalls } = result;
  const answers = latenciesMs.reduce((sum, round) => sum + round.length, 0);
  const [p50s, directP50s] = [latenciesMs.map(p50Of), direct.latenciesMs.map(p50Of)];
  const upstreamCallsPerAnswer = upstreamCalls / answers;
  return {
    ...{ name, wantedMs, answers, upstreamCallsPerAnswer },
    p50Ms: median(p50s),
    p99Ms: median(latenciesMs.map((round) => percentile(round, 0.99))),
    p50sMs: p50s,
    p50Spread: spread(p50s),
    addedP50Ms: median(p50s.map((p50, round) => p50 - (directP50s[round] ?? NaN))),
    doubts: toDoubts(p50s, upstreamCallsPerAnswer),
  };
};

const formatMs = (value: number): string => `${value.toFixed(3)} ms`;

const toAdded = (summary: LatencySummary, direct: LatencySummary | undefined): string => {
  if (direct === undefined || direct === summary) return '–';
  return direct.doubts.length + summary.doubts.length > 0 ? 'refused' : formatMs(summary.addedP50Ms);
};

const toRow = (summary: LatencySummary, direct: LatencySummary | undefined): string[] => [
  summary.name,
  formatWhole(summary.answers),
  formatMs(summary.p50Ms),
  formatMs(summary.p99Ms),
  formatPercent(summary.p50Spread),
  toAdded(summary, direct),
  summary.wantedMs === undefined ? '' : `< ${summary.wantedMs} ms`,
  summary.upstreamCallsPerAnswer.toFixed(2),
];

/** The figures as text for a terminal; the first ones are those of the direct calls. */
export const toLatencyReport = (summaries: LatencySummary[]): string => {
  const header = ['', 'answers', 'p50', 'p99', 'spread', 'added p50', 'wanted', 'calls/answer'];
  const doubts = summaries.flatMap(({ name, doubts }) => doubts.map((doubt) => `nothing added by ${name}: ${doubt}`));
  return [toTable([header, ...summaries.map((summary) => toRow(summary, summaries[0]))]), ...doubts].join('\n');
};

const toBar = (summary: LatencySummary, direct: LatencySummary | undefined): Bar => {
  const { name, p50Ms, p50sMs, p99Ms } = summary;
  const added = direct === summary ? '' : `, added ${toAdded(summary, direct)}`;
  const note = `p99 ${formatMs(p99Ms)}${added}`;
  return { name, value: p50Ms, low: Math.min(...p50sMs), high: Math.max(...p50sMs), note };
};

const toTarget = (summary: LatencySummary, direct: LatencySummary | undefined): Target[] => {
  const { name, addedP50Ms, wantedMs, doubts } = summary;
  if (wantedMs === undefined) return [];
  const allDoubts = [...(direct?.doubts ?? []).map((doubt) => `direct: ${doubt}`), ...doubts];
  const what = `added to p50 by ${name}`;
  return [{ what, value: addedP50Ms, unit: 'ms', bound: 'at most', wanted: wantedMs, doubts: allDoubts }];
};

/** The first ones are those of the direct calls. */
export const toLatencyFindings = (summaries: LatencySummary[]): { charts: Chart[]; targets: Target[] } => {
  const [direct] = summaries;
  const bars = summaries.map((summary) => toBar(summary, direct));
  return {
    charts: [{ title: 'p50 of one caller', unit: 'ms', better: 'less', bars }],
    targets: summaries.flatMap((summary) => toTarget(summary, direct)),
  };
};
