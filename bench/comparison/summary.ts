import { median, spread } from '../measures/statistics.ts';
import type { Contender } from './comparison.ts';
import type { Round } from './rounds.ts';

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
  /** Median of the rounds: time of the processors, user and kernel; undefined where that cannot be told. */
  cpuUsPerAnswer: number | undefined;
  /** Of the answers' bodies; undefined where they are small. */
  megabytesPerSecond: number | undefined;
  /** Why these figures may not be compared with others; empty when they may. */
  doubts: string[];
}

const fewestCallsPerAnswer = 0.99;
/** Of smaller ones nobody asks how many bytes they are. */
const largeAnswerBytes = 100_000;

const total = (rounds: Round[], count: (round: Round) => number): number =>
  rounds.reduce((sum, round) => sum + count(round), 0);

const toCpuUsPerAnswer = (rounds: Round[]): number | undefined => {
  const each = rounds.flatMap(({ cpuMs, answers }) => (cpuMs === undefined ? [] : [(cpuMs * 1_000) / answers]));
  return each.length === rounds.length ? median(each) : undefined;
};

const toDoubts = (figures: Omit<Summary, 'doubts'>, mayCall: boolean): string[] => {
  const { non2xx, socketErrors, upstreamCallsPerAnswer, requestsPerSecond } = figures;
  const doubts: [boolean, string][] = [
    [Math.min(...requestsPerSecond) === 0, 'it gave no answer in one of the rounds'],
    [non2xx > 0, `${non2xx} answers were not 2xx`],
    [socketErrors > 0, `${socketErrors} connections failed`],
    [mayCall && !(upstreamCallsPerAnswer >= fewestCallsPerAnswer), 'it answered without asking the upstream each time'],
    [!mayCall && upstreamCallsPerAnswer !== 0, 'it asked the upstream for what it had stored'],
  ];
  return doubts.flatMap(([present, text]) => (present ? [text] : []));
};

const toMegabytes = (answers: number, answerBytes: number): number | undefined =>
  answerBytes < largeAnswerBytes ? undefined : (answers * answerBytes) / 1_000_000;

export const summarize = (
  { subject, wanted, callsInAll }: Contender,
  rounds: Round[],
  answerBytes: number,
): Summary => {
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
    cpuUsPerAnswer: toCpuUsPerAnswer(rounds),
    megabytesPerSecond: toMegabytes(median(requestsPerSecond), answerBytes),
  };
  return { ...figures, doubts: toDoubts(figures, callsInAll === undefined) };
};
