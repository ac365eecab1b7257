import type { Chart, Target } from '../../findings/findings.ts';
import { formatPercent, formatWhole, toTable } from '../../findings/table.ts';
import { disagreement, median, greatestDisagreement } from '../../measures/statistics.ts';
import type { Outcome } from '../../workload.ts';
import { capacity, summarizeGoodput, type GoodputResult, type GoodputSummary } from './summary.ts';

const wantedRatio = 2;
const peerName = 'stock-nest';

const toRatioTarget = (ours: GoodputSummary, peer: GoodputSummary): Target => {
  const ratios = ours.goodInOverload.map((good, round) => good / (peer.goodInOverload[round] ?? NaN));
  const factor = disagreement(ratios);
  const isSteady = factor <= greatestDisagreement;
  const doubt = `${ours.name}: the rounds' ratios disagree by a factor of ${factor.toFixed(2)}: is the machine busy?`;
  return {
    what: `${ours.name} at 2 × capacity, against ${peer.name}`,
    value: median(ratios),
    unit: '×',
    bound: 'at least',
    wanted: wantedRatio,
    doubts: [...ours.doubts, ...peer.doubts, ...(isSteady ? [] : [doubt])],
  };
};

const toTargets = (summaries: GoodputSummary[]): Target[] => {
  const peer = summaries.find(({ name }) => name === peerName);
  if (!peer) return [];
  return summaries.filter(({ isOurs }) => isOurs).map((summary) => toRatioTarget(summary, peer));
};

const formatMs = (value: number | undefined): string => (value === undefined ? '–' : `${value.toFixed(1)} ms`);

const formatWait = (ms: number): string => (Number.isFinite(ms) ? `${(ms / 1_000).toFixed(1)} s` : 'not in time');

const toGoodRow = ({ name, goodPerSecond, ...summary }: GoodputSummary): string[] => [
  name,
  formatWhole(goodPerSecond.normal),
  formatWhole(goodPerSecond.overload),
  formatWhole(goodPerSecond.recovery),
  formatWait(summary.wellAfterOverloadMs),
  formatWhole(goodPerSecond.death),
  formatWhole(goodPerSecond.return),
  formatWait(summary.wellAfterDeathMs),
];

const toLossRow = (summary: GoodputSummary): string[] => [
  summary.name,
  formatPercent(summary.refusedInOverload),
  formatMs(summary.refusedP50Ms),
  formatMs(summary.refusedP99Ms),
  summary.callsPerRequest.toFixed(2),
  formatPercent(summary.wasted),
];

const toLine = ({ what, value, wanted, doubts }: Target): string =>
  `${what}: ${doubts.length > 0 ? 'refused' : `× ${value.toFixed(2)}`}, wanted ≥ ${wanted}`;

const toChart = (summaries: GoodputSummary[]): Chart => ({
  title: `Served in time while twice the upstream's ${capacity}/s are asked for`,
  unit: 'req/s',
  better: 'more',
  bars: summaries.map(({ name, goodPerSecond, goodInOverload }) => ({
    name,
    value: goodPerSecond.overload,
    low: Math.min(...goodInOverload),
    high: Math.max(...goodInOverload),
  })),
});

export const toGoodputOutcome = (results: GoodputResult[]): Outcome => {
  const summaries = results.map(summarizeGoodput);
  const targets = toTargets(summaries);
  const offered = [0.5, 2, 0.5].map((share) => `of ${formatWhole(share * capacity)}/s`);
  const goodHeader = ['in time', 'normal', 'overload', 'recovery', 'well after', 'death', 'return', 'well after'];
  const offeredRow = ['', ...offered, '', offered[0] ?? '', offered[0] ?? '', ''];
  const lossHeader = ['', 'refused in overload', 'p50', 'p99', 'calls/request', 'worked for nobody'];
  const doubts = [...new Set([...summaries, ...targets].flatMap((each) => each.doubts))];
  const tables = [
    toTable([goodHeader, offeredRow, ...summaries.map(toGoodRow)]),
    toTable([lossHeader, ...summaries.map(toLossRow)]),
  ];
  const report = [...tables, ...targets.map(toLine), ...doubts].join('\n');
  return { report, figures: summaries, doubts, charts: [toChart(summaries)], targets };
};
