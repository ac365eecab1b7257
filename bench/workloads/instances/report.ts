import { pairRounds, type Ratio } from '../../comparison/ratio.ts';
import type { Bar, Chart } from '../../findings/findings.ts';
import { formatPercent, formatWhole, toTable } from '../../findings/table.ts';
import { median, spread } from '../../measures/statistics.ts';
import type { Outcome } from '../../workload.ts';
import type { Fleet, FleetRound } from './fleet.ts';
import type { HitsFrom } from './shared-hits.ts';

/** All rounds of some processes under one kind of traffic. */
export interface FleetResult {
  traffic: string;
  processes: string;
  requestsPerSecond: number[];
  /** Medians of the rounds: time of the processors, user and kernel, in µs; undefined where that cannot be told. */
  appUsPerAnswer: number | undefined;
  redisUsPerAnswer: number | undefined;
  redisCommandsPerAnswer: number;
  upstreamUsPerAnswer: number | undefined;
  /** Share of the machine that was at work; median of the rounds. */
  busy: number;
  doubts: string[];
}

interface Kind {
  name: string;
  isHit: boolean;
}

const fewestCallsPerAnswer = 0.99;
/** Of what another process has stored. */
const mostMissed = 0.01;

const total = (rounds: FleetRound[], count: (round: FleetRound) => number): number =>
  rounds.reduce((sum, round) => sum + count(round), 0);

const perAnswer = (rounds: FleetRound[], timeMs: (round: FleetRound) => number | undefined): number | undefined => {
  const each = rounds.flatMap((round) => {
    const ms = timeMs(round);
    return ms === undefined ? [] : [(ms * 1_000) / round.answers];
  });
  return each.length === rounds.length ? median(each) : undefined;
};

const toDoubts = (rounds: FleetRound[], isHit: boolean): string[] => {
  const [non2xx, socketErrors] = [total(rounds, (round) => round.non2xx), total(rounds, (round) => round.socketErrors)];
  const calls = total(rounds, (round) => round.upstreamCalls);
  const doubts: [boolean, string][] = [
    [non2xx > 0, `${non2xx} answers were not 2xx`],
    [socketErrors > 0, `${socketErrors} connections failed`],
    [isHit && calls > 0, 'the upstream was asked for what was stored'],
    [
      !isHit && calls < fewestCallsPerAnswer * total(rounds, ({ answers }) => answers),
      'some answers were not asked for',
    ],
  ];
  return doubts.flatMap(([present, text]) => (present ? [text] : []));
};

export const summarizeFleet = ({ name, isHit }: Kind, fleet: Fleet, rounds: FleetRound[]): FleetResult => ({
  traffic: name,
  processes: fleet.name,
  requestsPerSecond: rounds.map((round) => round.requestsPerSecond),
  appUsPerAnswer: perAnswer(rounds, ({ appMs }) => appMs),
  redisUsPerAnswer: perAnswer(rounds, ({ redisMs }) => redisMs),
  redisCommandsPerAnswer: total(rounds, (round) => round.redisCommands) / total(rounds, ({ answers }) => answers),
  upstreamUsPerAnswer: perAnswer(rounds, ({ upstreamMs }) => upstreamMs),
  busy: median(rounds.map(({ busy }) => busy)),
  doubts: toDoubts(rounds, isHit).map((doubt) => `${name}, ${fleet.name}: ${doubt}`),
});

/** Against one process with Redis, under the same traffic. */
const toRatio = (result: FleetResult, results: FleetResult[]): Ratio | undefined => {
  const one = results.find(({ traffic, processes }) => traffic === result.traffic && processes === 'one, with Redis');
  return one === undefined || one === result ? undefined : pairRounds(result.requestsPerSecond, one.requestsPerSecond);
};

const formatRatio = (ratio: Ratio | undefined): string => {
  if (ratio === undefined) return '';
  return ratio.doubts.length > 0 ? 'refused' : `× ${ratio.median.toFixed(2)}`;
};

const formatUs = (value: number | undefined): string => (value === undefined ? '–' : `${value.toFixed(1)} µs`);

const perCore = ({ appUsPerAnswer }: FleetResult): string =>
  appUsPerAnswer === undefined ? '–' : formatWhole(1_000_000 / appUsPerAnswer);

const header = [
  ...['', 'processes', 'req/s', 'spread', 'of one with Redis', 'app', 'req/s per core'],
  ...['Redis', 'commands/answer', 'upstream', 'machine at work'],
];

const toRow = (result: FleetResult, results: FleetResult[]): string[] => [
  ...[result.traffic, result.processes, formatWhole(median(result.requestsPerSecond))],
  ...[formatPercent(spread(result.requestsPerSecond)), formatRatio(toRatio(result, results))],
  ...[formatUs(result.appUsPerAnswer), perCore(result)],
  ...[
    formatUs(result.redisUsPerAnswer),
    result.redisCommandsPerAnswer.toFixed(2),
    formatUs(result.upstreamUsPerAnswer),
    formatPercent(result.busy),
  ],
];

const toHitsRow = ({ place, answers, upstreamCalls, p50Ms, ...each }: HitsFrom): string[] => [
  ...[`found in ${place}`, formatWhole(answers), formatWhole(upstreamCalls), `${p50Ms.toFixed(2)} ms`],
  ...[formatUs(each.appUsPerAnswer), formatUs(each.redisUsPerAnswer), each.redisCommandsPerAnswer.toFixed(2)],
];

const toBar = ({ traffic, processes, requestsPerSecond, doubts }: FleetResult): Bar => ({
  name: `${traffic}: ${processes}`,
  value: median(requestsPerSecond),
  low: Math.min(...requestsPerSecond),
  high: Math.max(...requestsPerSecond),
  ...(doubts.length > 0 && { verdict: 'refused' as const }),
});

const toCharts = (results: FleetResult[]): Chart[] => [
  { title: 'requests per second', unit: 'req/s', better: 'more', bars: results.map(toBar) },
];

// Each name once from the upstream, whoever asks for it afterwards; but Redis may be late now and then.
const toSharingDoubts = (hits: HitsFrom[]): string[] =>
  hits
    .filter(({ place, answers, upstreamCalls }) =>
      place === 'upstream' ? upstreamCalls !== answers : upstreamCalls > mostMissed * answers,
    )
    .map(({ place, upstreamCalls }) => `answers from ${place} took ${upstreamCalls} calls to the upstream`);

export const toInstancesOutcome = (results: FleetResult[], hits: HitsFrom[]): Outcome => {
  const doubtful = results.flatMap((result) =>
    (toRatio(result, results)?.doubts ?? []).map((doubt) => `${result.traffic}, ${result.processes}: ${doubt}`),
  );
  const doubts = [...results.flatMap((result) => result.doubts), ...doubtful, ...toSharingDoubts(hits)];
  const throughput = toTable([header, ...results.map((result) => toRow(result, results))]);
  const sharing = toTable([
    ['', 'answers', 'upstream calls', 'p50', 'app', 'Redis', 'commands/answer'],
    ...hits.map(toHitsRow),
  ]);
  return {
    report: [throughput, '', sharing, ...doubts].join('\n'),
    figures: { results, hits },
    doubts,
    charts: toCharts(results),
  };
};
