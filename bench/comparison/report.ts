import { toVerdict } from '../findings/findings.ts';
import { formatPercent, formatWhole, toTable } from '../findings/table.ts';
import { type Standing, toComparisonTargets } from './standings.ts';

const formatRatio = (ratio: number): string => `× ${ratio.toFixed(2)}`;

const toRatio = ({ ratio, doubts }: Standing): [string, string] => {
  if (ratio === undefined) return ['–', ''];
  if (doubts.length > 0) return ['refused', ''];
  const [low, high] = [Math.min(...ratio.rounds), Math.max(...ratio.rounds)];
  return [formatRatio(ratio.median), `${low.toFixed(2)} – ${high.toFixed(2)}`];
};

const toWanted = (standing: Standing): [string, string] => {
  const [target] = toComparisonTargets([standing]);
  return target === undefined ? ['', ''] : [`≥ ${target.wanted}`, toVerdict(target)];
};

const toRow = (standing: Standing): string[] => {
  const { name, medianRequestsPerSecond, spread, non2xx, upstreamCallsPerAnswer } = standing.summary;
  const { cpuUsPerAnswer, megabytesPerSecond } = standing.summary;
  return [
    ...[name, formatWhole(medianRequestsPerSecond), formatPercent(spread)],
    ...[...toRatio(standing), ...toWanted(standing)],
    ...[formatWhole(non2xx), upstreamCallsPerAnswer.toFixed(2)],
    cpuUsPerAnswer === undefined ? '' : formatWhole(cpuUsPerAnswer),
    megabytesPerSecond === undefined ? '' : formatWhole(megabytesPerSecond),
  ];
};

const header = [
  ...['', 'req/s', 'spread', 'app is', 'of rounds', 'wanted', ''],
  ...['non-2xx', 'calls/answer', 'CPU µs/answer', 'MB/s'],
];

/** The figures as text for a terminal. */
export const toComparisonReport = (standings: Standing[]): string => {
  const doubts = standings.flatMap(({ summary, doubts }) =>
    doubts.map((doubt) => `no ratio for ${summary.name}: ${doubt}`),
  );
  return [toTable([header, ...standings.map(toRow)]), ...doubts].join('\n');
};
