import { formatPercent } from '../../findings/table.ts';
import { doubtLoads, type OpenLoopResult } from '../../load/open-loop.ts';
import { median } from '../../measures/statistics.ts';
import type { PhaseFigures, PhaseName } from './phases.ts';

export interface GoodputRound {
  load: OpenLoopResult;
  phases: PhaseFigures[];
  /** How often the upstream was asked for each request of a caller. */
  callsPerRequest: number;
  /** What the upstream worked on for nobody, as a share. */
  wasted: number;
}

export interface GoodputResult {
  name: string;
  isOurs: boolean;
  rounds: GoodputRound[];
}

export interface GoodputSummary {
  name: string;
  isOurs: boolean;
  /** Medians of the rounds. */
  goodPerSecond: Record<PhaseName, number>;
  /** One of each round. */
  goodInOverload: number[];
  refusedInOverload: number;
  /** Of those refused; undefined: none was. */
  refusedP50Ms: number | undefined;
  refusedP99Ms: number | undefined;
  callsPerRequest: number;
  wasted: number;
  /** Infinity: not within the phase. */
  wellAfterOverloadMs: number;
  wellAfterDeathMs: number;
  doubts: string[];
}

export const workers = 10;
export const workMs = 50;
/** Requests a second. */
export const capacity = (workers * 1_000) / workMs;
/** Of what is offered: less without any overload, and the machine is too slow for this. */
const leastWhenNormal = 0.95;
const greatestLatenessMs = 50;

const medianOf = (values: (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : median(known);
};

const toDoubts = ({ name, rounds }: GoodputResult, normal: PhaseFigures[]): string[] => {
  const share = Math.min(...normal.map(({ goodPerSecond, offeredPerSecond }) => goodPerSecond / offeredPerSecond));
  const isWell = share >= leastWhenNormal;
  return [
    ...doubtLoads(
      rounds.map(({ load }) => load),
      greatestLatenessMs,
    ),
    ...(isWell ? [] : [`it served ${formatPercent(share)} in time before the overload: is the machine busy?`]),
  ].map((doubt) => `${name}: ${doubt}`);
};

export const summarizeGoodput = (result: GoodputResult): GoodputSummary => {
  const { name, isOurs, rounds } = result;
  const of = (phase: PhaseName): PhaseFigures[] =>
    rounds.flatMap(({ phases }) => phases.filter((figures) => figures.name === phase));
  const good = (phase: PhaseName): number => median(of(phase).map(({ goodPerSecond }) => goodPerSecond));
  const wellAfterMs = (phase: PhaseName): number => median(of(phase).map(({ wellAfterMs = Infinity }) => wellAfterMs));
  const refused = of('overload').map((figures) => figures.refused);
  return {
    ...{ name, isOurs },
    goodPerSecond: {
      normal: good('normal'),
      overload: good('overload'),
      recovery: good('recovery'),
      death: good('death'),
      return: good('return'),
    },
    goodInOverload: of('overload').map(({ goodPerSecond }) => goodPerSecond),
    refusedInOverload: median(refused.map((figures) => figures?.share ?? 0)),
    refusedP50Ms: medianOf(refused.map((figures) => figures?.p50Ms)),
    refusedP99Ms: medianOf(refused.map((figures) => figures?.p99Ms)),
    callsPerRequest: median(rounds.map(({ callsPerRequest }) => callsPerRequest)),
    wasted: median(rounds.map(({ wasted }) => wasted)),
    wellAfterOverloadMs: wellAfterMs('recovery'),
    wellAfterDeathMs: wellAfterMs('return'),
    doubts: toDoubts(result, of('normal')),
  };
};
