import { httpGet } from './http-get.ts';
import type { LoadGenerator, LoadResult } from './load.ts';
import type { Server } from './server.ts';
import { expectedAnswer, measuredPath } from './subjects.ts';

export interface Round extends LoadResult {
  /** How often the upstream was asked meanwhile. */
  upstreamCalls: number;
}

/** What the servers are measured with, and for how long. */
export interface RoundPlan {
  upstream: Server;
  load: LoadGenerator;
  connections: number;
  secondsPerRound: number;
}

/** How often the upstream was asked since its start. */
export const countUpstreamCalls = async ({ origin }: Server): Promise<number> =>
  Number((await httpGet(`${origin}/calls`)).body);

/** @throws Error unless the server answers exactly what all of them must answer */
export const checkAnswer = async ({ child, origin }: Server): Promise<void> => {
  const { status, body } = await httpGet(origin + measuredPath);
  if (status === 200 && body === expectedAnswer) return;
  throw new Error(`${child.name} answered ${status} ${body.slice(0, 500)}\ninstead of 200 ${expectedAnswer}`);
};

/** Loads one server once. @throws Error when the server ends meanwhile */
export const measureRound = async (plan: RoundPlan, { child, origin }: Server): Promise<Round> => {
  const callsBefore = await countUpstreamCalls(plan.upstream);
  const result = await plan.load.run(origin + measuredPath, plan.connections, plan.secondsPerRound);
  const upstreamCalls = (await countUpstreamCalls(plan.upstream)) - callsBefore;
  if (child.hasExited()) throw new Error(`${child.name} ended under load:\n${child.output()}`);
  return { ...result, upstreamCalls };
};
