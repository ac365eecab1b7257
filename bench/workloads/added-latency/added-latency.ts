import { checkAnswer } from '../../comparison/rounds.ts';
import { createLoneCaller, type LoneCaller } from '../../load/lone-caller.ts';
import { nginx } from '../../peers/nginx.ts';
import { passedCharizard, upstreamCharizard, type Question } from '../../questions/questions.ts';
import type { Subject } from '../../servers/program.ts';
import { startServer, startSubject, type Server } from '../../servers/server.ts';
import { appAsGateway } from '../../subjects/gateway-app.ts';
import { peer } from '../../subjects/peer.ts';
import { upstreamFor } from '../../upstreams/by-node.ts';
import { countUpstreamCalls } from '../../upstreams/count-calls.ts';
import type { Outcome, Plan, Workload } from '../../workload.ts';
import { summarizeLatency, toLatencyFindings, toLatencyReport, type LatencyResult } from './report.ts';

/** One way to the upstream's document. */
interface Way {
  server: Server;
  question: Question;
  caller: LoneCaller;
  result: LatencyResult;
}

const warmUpSeconds = 3;
const wantedMs = new Map<Subject, number>([[appAsGateway, 1]]);
const subjects = [appAsGateway, peer('fastify-http-proxy', passedCharizard.path), nginx];

const openWay = async (name: string, server: Server, question: Question, wanted?: number): Promise<Way> => {
  await checkAnswer(server, question);
  const result = { name, wantedMs: wanted, latenciesMs: [], upstreamCalls: 0 };
  return { server, question, caller: createLoneCaller(server.origin, question), result };
};

const openWays = async (upstream: Server, { subjects }: Plan): Promise<Way[]> => {
  const ways = [await openWay('direct', upstream, upstreamCharizard)];
  for (const subject of subjects) {
    const server = await startSubject(subject, upstream);
    ways.push(await openWay(subject.name, server, passedCharizard, wantedMs.get(subject)));
  }
  return ways;
};

const warmUp = async (ways: Way[], progress: Plan['progress']): Promise<void> => {
  for (const { caller, result } of [...ways, ...ways]) {
    progress(`warming up ${result.name}`);
    await caller.ask(warmUpSeconds);
  }
};

const addRound = async (upstream: Server, { caller, result }: Way, seconds: number): Promise<void> => {
  const callsBefore = await countUpstreamCalls(upstream);
  result.latenciesMs.push(await caller.ask(seconds));
  result.upstreamCalls += (await countUpstreamCalls(upstream)) - callsBefore;
};

const measureRounds = async (upstream: Server, ways: Way[], plan: Plan): Promise<void> => {
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const way of ways) {
      await addRound(upstream, way, plan.secondsPerRound / 2);
      plan.progress(`round ${round}/${plan.rounds}  ${way.result.name}`);
    }
  }
};

const toOutcome = (ways: Way[]): Outcome => {
  const [direct, ...others] = ways.map(({ result }) => result);
  if (!direct) throw new Error('nothing was measured');
  const summaries = [direct, ...others].map((result) => summarizeLatency(result, direct));
  const doubts = summaries.flatMap(({ name, doubts }) => doubts.map((doubt) => `${name}: ${doubt}`));
  return { report: toLatencyReport(summaries), figures: summaries, doubts, ...toLatencyFindings(summaries) };
};

/** What passing a request on adds to its time when nothing else is going on: one connection, one request at a time. */
export const addedLatency: Workload = {
  name: 'added-latency',
  subjects,
  fullOnly: true,
  estimateSeconds: ({ subjects, rounds, secondsPerRound }) =>
    (subjects.length + 1) * (1.5 + 2 * warmUpSeconds + (rounds * secondsPerRound) / 2),
  measure: async (plan) => {
    const upstream = await startServer(upstreamFor({ cacheControl: 'no-store' }));
    const ways = await openWays(upstream, plan);
    try {
      await warmUp(ways, plan.progress);
      await measureRounds(upstream, ways, plan);
      for (const { server, question } of ways) await checkAnswer(server, question);
      return toOutcome(ways);
    } finally {
      await Promise.all(ways.map(({ caller }) => caller.close()));
    }
  },
};
