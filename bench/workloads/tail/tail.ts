import { checkAnswer } from '../../comparison/rounds.ts';
import { runOpenLoop, toMoments } from '../../load/open-loop.ts';
import { createRandom } from '../../load/seeded-random.ts';
import { mappedCharizard } from '../../questions/questions.ts';
import type { Program, Subject } from '../../servers/program.ts';
import { startServer, startSubject, type Server } from '../../servers/server.ts';
import { app } from '../../subjects/app.ts';
import { peer } from '../../subjects/peer.ts';
import { upstreamCommand } from '../../upstreams/by-node.ts';
import { countUpstreamCalls } from '../../upstreams/count-calls.ts';
import type { Plan, Workload } from '../../workload.ts';
import { slowMs, slowOneIn, toTailOutcome, usualMs, type TailResult } from './report.ts';

interface Candidate {
  server: Server;
  result: TailResult;
}

// Far from what a small machine can do: what is measured is the upstream's tail, not that of a busy process.
const perSecond = 400;
// First for the compiler, then for what the app knows of the upstream.
const warmUps = [
  { perSecond: 1_000, seconds: 4 },
  { perSecond, seconds: 5 },
];
const patienceMs = 2_000;
const mostRounds = 3;
const fewestRounds = 2;

const upstream: Program = {
  name: 'upstream',
  command: upstreamCommand('straggling'),
  readyPath: '/calls',
  env: { USUAL_MS: String(usualMs), SLOW_MS: String(slowMs), SLOW_ONE_IN: String(slowOneIn) },
};
const hedged: Subject = { ...app, env: { ...app.env, POKEAPI_HEDGE: 'on' } };
const unhedged: Subject = { ...app, name: 'unhedged' };
const stockNest = peer('stock-nest');

const secondsOf = ({ isFull }: Plan): number => (isFull ? 15 : 5);
const roundsOf = ({ rounds, isFull }: Plan): number => Math.min(rounds, isFull ? mostRounds : fewestRounds);

const toLoad = (server: Server, { perSecond, seconds }: (typeof warmUps)[number], seed: number) => ({
  origin: server.origin,
  question: mappedCharizard,
  schedule: toMoments({ fromMs: 0, toMs: seconds * 1_000, perSecond }, createRandom(seed)),
  patienceMs,
});

const addRound = async (
  upstream: Server,
  { server, result }: Candidate,
  { round, seconds }: { round: number; seconds: number },
): Promise<void> => {
  const callsBefore = await countUpstreamCalls(upstream);
  const load = await runOpenLoop(toLoad(server, { perSecond, seconds }, round));
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
    for (const warmUp of warmUps) await runOpenLoop(toLoad(server, warmUp, 0));
    all.push({ server, result: { name, loads: [], callsPerRequest: [] } });
  }
  return all;
};

/** What becomes of the slowest answers when few of the upstream's take far longer than the others. */
export const tail: Workload = {
  name: 'tail',
  subjects: [hedged, unhedged, stockNest],
  fullOnlySubjects: [stockNest],
  estimateSeconds: (plan) => plan.subjects.length * (11 + roundsOf(plan) * secondsOf(plan)),
  measure: async (plan) => {
    const server = await startServer(upstream);
    const all = await startAll(server, plan);
    for (let round = 1; round <= roundsOf(plan); round += 1) {
      for (const candidate of all) {
        await addRound(server, candidate, { round, seconds: secondsOf(plan) });
        plan.progress(`round ${round}/${roundsOf(plan)}  ${candidate.result.name}`);
      }
    }
    return toTailOutcome(all.map(({ result }) => result));
  },
};
