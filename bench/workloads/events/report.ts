import { formatPercent, formatWhole, toTable } from '../../findings/table.ts';
import { disagreement, median, percentile, spread, greatestDisagreement } from '../../measures/statistics.ts';
import { formatKb, type Weight } from '../../measures/weight.ts';

/** All rounds of one subject. */
export interface EventsResult {
  name: string;
  wantedP99Ms?: number;
  wantedKb?: number;
  /** One list for each round. */
  latenciesMs: number[][];
  /** Deliveries too few or too many. */
  wrong: number;
  weight: Weight;
}

export interface EventsSummary {
  name: string;
  wantedP99Ms?: number;
  wantedKb?: number;
  deliveries: number;
  /** Median of the rounds; so is `p99Ms`. */
  p50Ms: number;
  p99Ms: number;
  /** Of each round. */
  p50sMs: number[];
  /** Of the rounds' p50. */
  p50Spread: number;
  weight: Weight;
  doubts: string[];
}

const toDoubts = (p50s: number[], wrong: number): string[] => {
  const factor = disagreement(p50s);
  const doubts: [boolean, string][] = [
    [
      !(factor <= greatestDisagreement),
      `its rounds disagree by a factor of ${factor.toFixed(2)}: is the machine busy?`,
    ],
    [wrong > 0, `${wrong} deliveries were missing or too many`],
  ];
  return doubts.flatMap(([present, text]) => (present ? [text] : []));
};

export const summarizeEvents = ({ latenciesMs, wrong, ...rest }: EventsResult): EventsSummary => {
  const p50s = latenciesMs.map((round) => percentile(round, 0.5));
  return {
    ...rest,
    deliveries: latenciesMs.reduce((sum, { length }) => sum + length, 0),
    p50Ms: median(p50s),
    p99Ms: median(latenciesMs.map((round) => percentile(round, 0.99))),
    p50sMs: p50s,
    p50Spread: spread(p50s),
    doubts: toDoubts(p50s, wrong),
  };
};

const formatMs = (value: number): string => `${value.toFixed(0)} ms`;
const formatLimit = (limit: number | undefined, unit: string): string =>
  limit === undefined ? '' : `< ${limit} ${unit}`;

const toRatio = (mine: number | undefined, theirs: number | undefined): string =>
  mine === undefined || theirs === undefined ? '–' : `× ${(mine / theirs).toFixed(2)}`;

const toRatios = (app: EventsSummary | undefined, other: EventsSummary): string[] => {
  if (app === undefined || app === other) return ['', ''];
  const isRefused = app.doubts.length + other.doubts.length > 0;
  return [isRefused ? 'refused' : toRatio(app.p99Ms, other.p99Ms), toRatio(app.weight.resident, other.weight.resident)];
};

const toRow = (summary: EventsSummary, app: EventsSummary | undefined): string[] => {
  const [ofP99 = '', ofWeight = ''] = toRatios(app, summary);
  const times = [summary.p50Ms, summary.p99Ms].map(formatMs);
  const { live, resident } = summary.weight;
  return [
    ...[summary.name, formatWhole(summary.deliveries), ...times, formatPercent(summary.p50Spread)],
    ...[formatLimit(summary.wantedP99Ms, 'ms'), ofP99],
    ...[formatKb(live), formatKb(resident), formatLimit(summary.wantedKb, 'KB'), ofWeight],
  ];
};

const header = [
  ...['', 'deliveries', 'p50', 'p99', 'spread', 'wanted', "app's p99 is"],
  ...['live each', 'resident each', 'wanted', "app's is"],
];

/** The figures as text for a terminal. */
export const toEventsReport = (summaries: EventsSummary[], appName: string): string => {
  const app = summaries.find(({ name }) => name === appName);
  const doubts = summaries.flatMap(({ name, doubts }) =>
    doubts.map((doubt) => `no ratio of p99 with ${name}: ${doubt}`),
  );
  return [toTable([header, ...summaries.map((summary) => toRow(summary, app))]), ...doubts].join('\n');
};
