import { percentile } from '../measures/statistics.ts';
import type { Question } from '../questions/questions.ts';
import { createConnection, toRequest, type PlainConnection } from './plain-connection.ts';

/** What became of one request. */
export interface Fate {
  /** Since the beginning of the load. */
  sentAtMs: number;
  /** To the last byte of the answer, or until the caller gave up. */
  tookMs: number;
  /** Undefined: no answer within the caller's patience, or the connection was refused or lost. */
  status: number | undefined;
  hasRetryAfter: boolean;
  /** A 200 with another body than the expected one. */
  isWrong: boolean;
}

export interface OpenLoop {
  origin: string;
  question: Question;
  /** When to send each request, in ms since the beginning, in order. */
  schedule: readonly number[];
  /** After that a caller gives up and hangs up. */
  patienceMs: number;
  headers?: Record<string, string>;
}

export interface OpenLoopResult {
  fates: Fate[];
  /** How late the requests were sent. */
  latenessMs: number[];
}

interface Line {
  load: OpenLoop;
  request: string;
  /** Connections nobody waits on; the one used last is used first. */
  idle: PlainConnection[];
}

/** Moments at random, so many a second on average, as callers come who know nothing of each other. */
export const toMoments = (
  { fromMs, toMs, perSecond }: { fromMs: number; toMs: number; perSecond: number },
  random: () => number,
): number[] => {
  const moments: number[] = [];
  const next = (): number => (-Math.log(1 - random()) * 1_000) / perSecond;
  for (let atMs = fromMs + next(); atMs < toMs; atMs += next()) moments.push(atMs);
  return moments;
};

const takeConnection = ({ idle, load }: Line): PlainConnection => {
  for (let last = idle.pop(); last; last = idle.pop()) if (last.isOpen()) return last;
  return createConnection(load.origin);
};

const ask = async (line: Line, sentAtMs: number, startedAtMs: number): Promise<Fate> => {
  const { patienceMs, question } = line.load;
  const connection = takeConnection(line);
  const givingUp = setTimeout(() => connection.close(), patienceMs);
  const tookMs = (): number => performance.now() - startedAtMs - sentAtMs;
  try {
    const { status, hasRetryAfter, body } = await connection.ask(line.request);
    line.idle.push(connection);
    return { sentAtMs, tookMs: tookMs(), status, hasRetryAfter, isWrong: status === 200 && body !== question.answer };
  } catch {
    return { sentAtMs, tookMs: tookMs(), status: undefined, hasRetryAfter: false, isWrong: false };
  } finally {
    clearTimeout(givingUp);
  }
};

/** Sends each request when its time has come, whatever became of those before. */
export const runOpenLoop = async (load: OpenLoop): Promise<OpenLoopResult> => {
  const line: Line = { load, request: toRequest(load.origin, load.question.path, load.headers), idle: [] };
  const underWay: Promise<Fate>[] = [];
  const latenessMs: number[] = [];
  const startedAtMs = performance.now();
  await new Promise<void>((resolve) => {
    const sendDue = (): void => {
      for (;;) {
        const nowMs = performance.now() - startedAtMs;
        const dueAtMs = load.schedule[underWay.length];
        if (dueAtMs === undefined) return resolve();
        if (dueAtMs > nowMs) return void setTimeout(sendDue, dueAtMs - nowMs);
        latenessMs.push(nowMs - dueAtMs);
        underWay.push(ask(line, nowMs, startedAtMs));
      }
    };
    sendDue();
  });
  const fates = await Promise.all(underWay);
  for (const connection of line.idle) connection.close();
  return { fates, latenessMs };
};

/** Whether it had the right answer in time. */
export const isGood = ({ status, isWrong }: Fate): boolean => status === 200 && !isWrong;

/** What loads tell against themselves; `greatestLatenessMs` holds for 99 of 100 requests of each. */
export const doubtLoads = (loads: OpenLoopResult[], greatestLatenessMs: number): string[] => {
  const lateMs = Math.max(...loads.map(({ latenessMs }) => percentile(latenessMs, 0.99)));
  const wrong = loads.flatMap(({ fates }) => fates).filter(({ isWrong }) => isWrong).length;
  return [
    ...(lateMs > greatestLatenessMs ? [`its load fell behind: 1 % was sent ${lateMs.toFixed(0)} ms late or more`] : []),
    ...(wrong > 0 ? [`${wrong} answers were wrong`] : []),
  ];
};
