import type { Contender } from './comparison.ts';
import type { Round } from './rounds.ts';
import { disagreement, median, spread } from './statistics.ts';

/** All rounds of one subject. */
export interface Summary {
  name: string;
  /** Least ratio of the app's throughput to this one, as the project wants it. */
  wanted: number | undefined;
  requestsPerSecond: number[];
  medianRequestsPerSecond: number;
  spread: number;
  non2xx: number;
  socketErrors: number;
  upstreamCallsPerAnswer: number;
  /** Why these figures may not be compared with others; empty when they may. */
  doubts: string[];
}

/** Rounds that differ by more prove nothing. */
export const greatestDisagreement = 1.5;
const fewestCallsPerAnswer = 0.99;

const total = (rounds: Round[], count: (round: Round) => number): number =>
  rounds.reduce((sum, round) => sum + count(round), 0);

const toDoubts = (figures: Omit<Summary, 'doubts'>, mayCall: boolean): string[] => {
  const { requestsPerSecond, non2xx, socketErrors, upstreamCallsPerAnswer } = figures;
  const factor = disagreement(requestsPerSecond);
  const doubts: [boolean, string][] = [
    [
      !(factor <= greatestDisagreement),
      `its rounds disagree by a factor of ${factor.toFixed(2)}: is the machine busy?`,
    ],
    [non2xx > 0, `${non2xx} answers were not 2xx`],
    [socketErrors > 0, `${socketErrors} connections failed`],
    [mayCall && !(upstreamCallsPerAnswer >= fewestCallsPerAnswer), 'it answered without asking the upstream each time'],
    [!mayCall && upstreamCallsPerAnswer !== 0, 'it asked the upstream for what it had stored'],
  ];
  return doubts.flatMap(([present, text]) => (present ? [text] : []));
};

export const summarize = ({ subject, wanted, callsInAll }: Contender, rounds: Round[]): Summary => {
  const requestsPerSecond = rounds.map((round) => round.requestsPerSecond);
  const figures = {
    name: subject.name,
    wanted,
    requestsPerSecond,
    medianRequestsPerSecond: median(requestsPerSecond),
    spread: spread(requestsPerSecond),
    non2xx: total(rounds, (round) => round.non2xx),
    socketErrors: total(rounds, (round) => round.socketErrors),
    upstreamCallsPerAnswer: total(rounds, (round) => round.upstreamCalls) / total(rounds, (round) => round.answers),
  };
  return { ...figures, doubts: toDoubts(figures, callsInAll === undefined) };
};
