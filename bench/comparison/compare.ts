import { startServer, startSubject, type Server } from '../servers/server.ts';
import { countUpstreamCalls } from '../upstreams/count-calls.ts';
import type { Outcome, Plan, Workload } from '../workload.ts';
import type { Comparison, Contender } from './comparison.ts';
import { toComparisonReport } from './report.ts';
import { checkAnswer, measureRound, type Round, type RoundPlan } from './rounds.ts';
import { toComparisonCharts, toComparisonTargets, toStandings } from './standings.ts';
import { summarize, type Summary } from './summary.ts';

interface Candidate {
  contender: Contender;
  server: Server;
  /** How often it asked the upstream before the first round. */
  callsBefore: number;
  rounds: Round[];
}

// Compilers count how often they were needed, not how long; yet no turns without end. A short run has to be content with less.
const toWarmUp = (isFull: boolean) => (isFull ? { answers: 30_000, turns: 8 } : { answers: 12_000, turns: 4 });
const turnSeconds = 2;
const startSeconds = 1;

const start = async ({ upstream, question }: RoundPlan, contender: Contender): Promise<Candidate> => {
  const calls = await countUpstreamCalls(upstream);
  const server = await startSubject(contender.subject, upstream);
  await checkAnswer(server, question);
  return { contender, server, callsBefore: (await countUpstreamCalls(upstream)) - calls, rounds: [] };
};

// In turns, as a later one finds what a pause undoes.
const warmUp = async (plan: RoundPlan, candidates: Candidate[], { isFull, progress }: Plan): Promise<void> => {
  const { answers: wanted, turns } = toWarmUp(isFull);
  const given = new Map<Candidate, number>();
  for (let turn = 1; turn <= turns; turn += 1) {
    for (const candidate of candidates.filter((one) => turn <= 2 || (given.get(one) ?? 0) < wanted)) {
      progress(`warming up ${candidate.server.child.name}`);
      const { answers, upstreamCalls } = await measureRound(
        { ...plan, secondsPerRound: turnSeconds },
        candidate.server,
      );
      given.set(candidate, (given.get(candidate) ?? 0) + answers);
      candidate.callsBefore += upstreamCalls;
    }
  }
};

const requireExpectedCalls = ({ contender, callsBefore }: Candidate): void => {
  const { subject, callsInAll = callsBefore } = contender;
  if (callsBefore === callsInAll) return;
  throw new Error(`${subject.name} asked the upstream ${callsBefore} times while warming up instead of ${callsInAll}`);
};

const measureRounds = async (plan: RoundPlan, candidates: Candidate[], { rounds, progress }: Plan): Promise<void> => {
  for (let round = 1; round <= rounds; round += 1) {
    for (const candidate of candidates) {
      const result = await measureRound(plan, candidate.server);
      candidate.rounds.push(result);
      const { name } = candidate.server.child;
      progress(`round ${round}/${rounds}  ${name}  ${result.requestsPerSecond.toFixed(0)} req/s`);
    }
  }
};

const measureAll = async (comparison: Comparison, plan: Plan): Promise<Summary[]> => {
  const { upstream, contenders, question, connections = plan.connections } = comparison;
  const roundPlan: RoundPlan = { ...plan, question, connections, upstream: await startServer(upstream) };
  const candidates: Candidate[] = [];
  for (const contender of contenders) {
    if (plan.subjects.includes(contender.subject)) candidates.push(await start(roundPlan, contender));
  }
  await warmUp(roundPlan, candidates, plan);
  candidates.forEach(requireExpectedCalls);
  await measureRounds(roundPlan, candidates, plan);
  for (const { server } of candidates) await checkAnswer(server, question);
  return candidates.map(({ contender, rounds }) => summarize(contender, rounds, Buffer.byteLength(question.answer)));
};

const toOutcome = ({ upstream, connections }: Comparison, plan: Plan, summaries: Summary[]): Outcome => {
  const standings = toStandings(summaries);
  return {
    conditions: [
      `load by ${plan.load.name}, ${connections ?? plan.connections} connections`,
      `upstream: ${upstream.software ?? 'Node'}`,
    ],
    report: toComparisonReport(standings),
    figures: standings,
    doubts: standings.flatMap(({ summary, doubts }) => doubts.map((doubt) => `${summary.name}: ${doubt}`)),
    charts: toComparisonCharts(standings),
    targets: toComparisonTargets(standings),
  };
};

const estimateSeconds = ({ subjects, rounds, secondsPerRound, isFull }: Plan): number =>
  startSeconds + subjects.length * (startSeconds + (isFull ? 4 : 2.5) * turnSeconds + rounds * secondsPerRound);

/** Requests per second of every contender, in turns. */
export const compare = (comparison: Comparison): Workload => ({
  name: comparison.name,
  subjects: comparison.contenders.map(({ subject }) => subject),
  fullOnly: comparison.fullOnly ?? false,
  fullOnlySubjects: comparison.contenders.filter(({ fullOnly }) => fullOnly).map(({ subject }) => subject),
  estimateSeconds,
  measure: async (plan) => toOutcome(comparison, plan, await measureAll(comparison, plan)),
});
