import type { LoadGenerator, LoadResult } from '../load/load-generator.ts';
import { readCpuMs } from '../measures/cpu-time.ts';
import type { Question } from '../questions/questions.ts';
import { httpGet } from '../servers/http-get.ts';
import type { Server } from '../servers/server.ts';
import { countUpstreamCalls } from '../upstreams/count-calls.ts';

export interface Round extends LoadResult {
  /** How often the upstream was asked meanwhile. */
  upstreamCalls: number;
  /** What the server took of the processors meanwhile; undefined where that cannot be told. */
  cpuMs: number | undefined;
}

/** What the servers are measured with, and for how long. */
export interface RoundPlan {
  question: Question;
  upstream: Server;
  load: LoadGenerator;
  connections: number;
  secondsPerRound: number;
}

/** @throws Error unless the server answers exactly what all of them must answer */
export const checkAnswer = async ({ child, origin }: Server, { path, answer }: Question): Promise<void> => {
  const { status, body } = await httpGet(origin + path);
  if (status === 200 && body === answer) return;
  throw new Error(`${child.name} answered ${status} ${body.slice(0, 500)}\ninstead of 200 ${answer.slice(0, 500)}`);
};

/** Loads one server once. @throws Error when the server ends meanwhile */
export const measureRound = async (plan: RoundPlan, { child, origin }: Server): Promise<Round> => {
  const callsBefore = await countUpstreamCalls(plan.upstream);
  const cpuMsBefore = await readCpuMs(child.pid);
  const result = await plan.load.run(origin + plan.question.path, plan.connections, plan.secondsPerRound);
  const cpuMsAfter = await readCpuMs(child.pid);
  const upstreamCalls = (await countUpstreamCalls(plan.upstream)) - callsBefore;
  if (child.hasExited()) throw new Error(`${child.name} ended under load:\n${child.output()}`);
  const cpuMs = cpuMsBefore === undefined || cpuMsAfter === undefined ? undefined : cpuMsAfter - cpuMsBefore;
  return { ...result, upstreamCalls, cpuMs };
};
