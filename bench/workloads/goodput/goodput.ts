import { setTimeout as delay } from 'node:timers/promises';
import { isGood, runOpenLoop, toMoments } from '../../load/open-loop.ts';
import { createRandom } from '../../load/seeded-random.ts';
import { mappedCharizard } from '../../questions/questions.ts';
import { httpGet } from '../../servers/http-get.ts';
import type { Program, Subject } from '../../servers/program.ts';
import { startServer, startSubject, type Server } from '../../servers/server.ts';
import { app } from '../../subjects/app.ts';
import { peer } from '../../subjects/peer.ts';
import { upstreamCommand } from '../../upstreams/by-node.ts';
import type { Plan, Workload } from '../../workload.ts';
import { toPhaseFigures, toPhases, toSchedule } from './phases.ts';
import { toGoodputOutcome } from './report.ts';
import { capacity, workers, workMs, type GoodputResult, type GoodputRound } from './summary.ts';

const patienceMs = 1_000;
const warmUpSeconds = 3;
const mostRounds = 3;

const upstreamProgram: Program = {
  name: 'upstream',
  command: upstreamCommand('overloaded'),
  readyPath: '/counts',
  // As many connections as wait for busy workers by default: 511 of nginx and Node, 2,048 of gunicorn, 4,096 of Linux.
  env: { WORKERS: String(workers), WORK_MS: String(workMs), BACKLOG: '1024' },
};

// By who knows how many requests the upstream works on at a time, and lets a few more come, so that none of its workers waits.
const told: Subject = { ...app, env: { ...app.env, POKEAPI_MAX_CONCURRENT: '15', POKEAPI_MAX_QUEUED: '64' } };
const { POKEAPI_MAX_CONCURRENT: _concurrent, POKEAPI_MAX_QUEUED: _queued, ...others } = app.env;
const untold: Subject = { ...app, name: 'app-defaults', env: others };

const roundsOf = ({ rounds }: Plan): number => Math.min(rounds, mostRounds);

const readCounts = async ({ origin }: Server): Promise<{ asked: number; worked: number }> =>
  JSON.parse((await httpGet(`${origin}/counts`)).body) as { asked: number; worked: number };

/** The phases, at a server that has just been started, as its upstream has. */
const runPhases = async (
  upstream: Server,
  server: Server,
  unitSeconds: number,
  seed: number,
): Promise<GoodputRound> => {
  const toCallers = { origin: server.origin, question: mappedCharizard, patienceMs };
  const headers = { 'x-request-timeout-ms': String(patienceMs) };
  const warmUp = { fromMs: 0, toMs: warmUpSeconds * 1_000, perSecond: capacity / 2 };
  await runOpenLoop({ ...toCallers, headers, schedule: toMoments(warmUp, createRandom(seed)) });
  const before = await readCounts(upstream);
  const phases = toPhases(unitSeconds);
  const death = phases.find(({ name }) => name === 'death');
  const dying = delay(death?.fromMs).then(() =>
    httpGet(`${upstream.origin}/die?ms=${(death?.toMs ?? 0) - (death?.fromMs ?? 0)}`),
  );
  const load = await runOpenLoop({ ...toCallers, headers, schedule: toSchedule(phases, capacity, seed) });
  await dying;
  const after = await readCounts(upstream);
  return {
    load,
    phases: phases.map((phase) => toPhaseFigures(load.fates, phase)),
    callsPerRequest: (after.asked - before.asked) / load.fates.length,
    wasted: 1 - load.fates.filter(isGood).length / (after.worked - before.worked),
  };
};

const addRound = async (subject: Subject, result: GoodputResult, plan: Plan): Promise<void> => {
  const upstream = await startServer(upstreamProgram);
  const server = await startSubject(subject, upstream);
  result.rounds.push(await runPhases(upstream, server, plan.secondsPerRound, result.rounds.length + 1));
  if (server.child.hasExited()) throw new Error(`${subject.name} ended meanwhile:\n${server.child.output()}`);
  await Promise.all([server.child.stop(), upstream.child.stop()]);
  plan.progress(`round ${result.rounds.length}/${roundsOf(plan)}  ${subject.name}`);
};

/** How many callers are served in time while more come than the upstream can serve, afterwards, and when it is away. */
export const goodput: Workload = {
  name: 'goodput',
  fullOnly: true,
  subjects: [told, untold, peer('stock-nest')],
  estimateSeconds: (plan) =>
    roundsOf(plan) *
    plan.subjects.length *
    (2 + warmUpSeconds + (toPhases(plan.secondsPerRound).at(-1)?.toMs ?? 0) / 1_000),
  measure: async (plan) => {
    const results = plan.subjects.map((subject): GoodputResult => {
      const isOurs = [told, untold].includes(subject);
      return { name: subject.name, isOurs, rounds: [] };
    });
    for (let round = 1; round <= roundsOf(plan); round += 1) {
      for (const [nth, subject] of plan.subjects.entries()) await addRound(subject, results[nth]!, plan);
    }
    return toGoodputOutcome(results);
  },
};
