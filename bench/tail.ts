import { runOpenLoop, toMoments } from './open-loop.ts';
import { mappedCharizard } from './questions.ts';
import { checkAnswer } from './rounds.ts';
import { countUpstreamCalls } from './upstream-calls.ts';
import { createRandom } from './seeded-random.ts';
import { startServer, startSubject, type Server } from './server.ts';
import { app, byNode, peer, type Program, type Subject } from './subjects.ts';
import { slowMs, slowOneIn, toTailOutcome, usualMs, type TailResult } from './tail-report.ts';
import type { Plan, Workload } from './workload.ts';

interface Candidate {
  server: Server;
  result: TailResult;
}

const perSecond = 1_200;
const requestsPerRound = 6_000;
const secondsPerRound = requestsPerRound / perSecond;
const warmUpSeconds = 3;
const patienceMs = 2_000;
const mostRounds = 3;
const fewestRounds = 2;

const upstream: Program = {
  name: 'upstream',
  command: byNode('straggling-upstream.ts'),
  readyPath: '/calls',
  env: { USUAL_MS: String(usualMs), SLOW_MS: String(slowMs), SLOW_ONE_IN: String(slowOneIn) },
};
const hedged: Subject = { ...app, env: { ...app.env, POKEAPI_HEDGE: 'on' } };
const unhedged: Subject = { ...app, name: 'unhedged' };
const stockNest = peer('stock-nest');

const roundsOf = ({ rounds, isFull }: Plan): number => Math.min(rounds, isFull ? mostRounds : fewestRounds);

const toLoad = (server: Server, seconds: number, seed: number) => ({
  origin: server.origin,
  question: mappedCharizard,
  schedule: toMoments({ fromMs: 0, toMs: seconds * 1_000, perSecond }, createRandom(seed)),
  patienceMs,
});

const addRound = async (upstream: Server, { server, result }: Candidate, round: number): Promise<void> => {
  const callsBefore = await countUpstreamCalls(upstream);
  const load = await runOpenLoop(toLoad(server, secondsPerRound, round));
  const calls = (await countUpstreamCalls(upstream)) - callsBefore;
  result.loads.push(load);
  result.callsPerRequest.push(calls / load.fates.length);
};

const startAll = async (upstream: Server, { subjects, progress }: Plan): Promise<Candidate[]> => {
  const all: Candidate[] = [];
  for (const { name, ...subject } of subjects) {
    const server = await startSubject({ ...subject, name }, upstream);
    await checkAnswer(server, mappedCharizard);
    progress(`warming up ${name}`);
    await runOpenLoop(toLoad(server, warmUpSeconds, 0));
    all.push({ server, result: { name, loads: [], callsPerRequest: [] } });
  }
  return all;
};

/** What becomes of the slowest answers when few of the upstream's take far longer than the others. */
export const tail: Workload = {
  name: 'tail',
  subjects: [hedged, unhedged, stockNest],
  fullOnlySubjects: [stockNest],
  estimateSeconds: (plan) => plan.subjects.length * (2 + warmUpSeconds + roundsOf(plan) * secondsPerRound),
  measure: async (plan) => {
    const server = await startServer(upstream);
    const all = await startAll(server, plan);
    for (let round = 1; round <= roundsOf(plan); round += 1) {
      for (const candidate of all) {
        await addRound(server, candidate, round);
        plan.progress(`round ${round}/${roundsOf(plan)}  ${candidate.result.name}`);
      }
    }
    return toTailOutcome(all.map(({ result }) => result));
  },
};
