import { setTimeout as delay } from 'node:timers/promises';
import { checkAnswer, type RoundPlan } from '../../comparison/rounds.ts';
import { mappedCharizard, passedCharizard, type Question } from '../../questions/questions.ts';
import type { Subject, Upstream } from '../../servers/program.ts';
import { redisFile, startRedis, type Redis } from '../../servers/redis.ts';
import { startServer, startSubject } from '../../servers/server.ts';
import { appAsGateway } from '../../subjects/gateway-app.ts';
import { charizardUpstream } from '../../upstreams/by-nginx.ts';
import { countUpstreamCalls } from '../../upstreams/count-calls.ts';
import type { Plan, Workload } from '../../workload.ts';
import { measureFleet, type Fleet, type FleetRound } from './fleet.ts';
import { summarizeFleet, toInstancesOutcome, type FleetResult } from './report.ts';
import { measureSharedHits } from './shared-hits.ts';

/** What the processes are asked for. */
interface Traffic {
  name: string;
  upstream: Upstream;
  question: Question;
  isHit: boolean;
}

const cacheable = charizardUpstream({ cacheControl: 'public, max-age=86400' });
const uncacheable = charizardUpstream({ cacheControl: 'no-store' });

const traffics: readonly Traffic[] = [
  { name: 'fresh hit', upstream: cacheable, question: mappedCharizard, isHit: true },
  { name: 'uncached', upstream: uncacheable, question: mappedCharizard, isHit: false },
  { name: 'pass-through', upstream: uncacheable, question: passedCharizard, isHit: false },
];

const warmUpSeconds = 2;
// As docs/operating.md wants it of several instances.
const sharedEnv = { CURSOR_SECRET: 'known-to-all-processes-of-this-run' };
// What one process stores is in Redis a moment later.
const storingMs = 500;

const appWithRedis: Subject = {
  ...appAsGateway,
  name: 'app-with-redis',
  lacking: redisFile === undefined ? 'redis-server is not installed here' : undefined,
};

const startFleets = async ({ question, upstream }: RoundPlan, { url }: Redis): Promise<Fleet[]> => {
  const start = async (env: Record<string, string>) => {
    const server = await startSubject(appWithRedis, upstream, env);
    await checkAnswer(server, question);
    await delay(storingMs);
    return server;
  };
  const shared = { ...sharedEnv, REDIS_URL: url };
  return [
    { name: 'one, without Redis', servers: [await start({})] },
    { name: 'one, with Redis', servers: [await start(shared)] },
    { name: 'two, with Redis', servers: [await start(shared), await start(shared)] },
  ];
};

// One call for the process that is on its own, and one for all that share a store.
const requireSharing = async ({ isHit }: Traffic, upstream: RoundPlan['upstream']): Promise<void> => {
  const calls = await countUpstreamCalls(upstream);
  if (isHit && calls !== 2) throw new Error(`the upstream was asked ${calls} times for what it should tell twice`);
};

const measureTraffic = async (traffic: Traffic, plan: Plan): Promise<FleetResult[]> => {
  const { rounds, progress } = plan;
  const redis = await startRedis();
  const roundPlan = { ...plan, question: traffic.question, upstream: await startServer(traffic.upstream) };
  const fleets = await startFleets(roundPlan, redis);
  await requireSharing(traffic, roundPlan.upstream);
  for (const fleet of [...fleets, ...fleets]) {
    progress(`warming up ${traffic.name}: ${fleet.name}`);
    await measureFleet({ ...roundPlan, secondsPerRound: warmUpSeconds }, fleet, redis);
  }
  const measured = fleets.map((fleet) => ({ fleet, rounds: [] as FleetRound[] }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const each of measured) {
      const result = await measureFleet(roundPlan, each.fleet, redis);
      each.rounds.push(result);
      progress(
        `round ${round}/${rounds}  ${traffic.name}: ${each.fleet.name}  ${result.requestsPerSecond.toFixed(0)} req/s`,
      );
    }
  }
  const servers = [...fleets.flatMap(({ servers }) => servers), roundPlan.upstream, redis];
  await Promise.all(servers.map(({ child }) => child.stop()));
  return measured.map(({ fleet, rounds }) => summarizeFleet(traffic, fleet, rounds));
};

/** Two processes behind one Redis against one: throughput, what it takes of the processors, and what is shared. */
export const instances: Workload = {
  name: 'instances',
  subjects: [appWithRedis],
  fullOnly: true,
  estimateSeconds: ({ rounds, secondsPerRound }) =>
    20 + traffics.length * (10 + 3 * (2 * warmUpSeconds + rounds * secondsPerRound)),
  measure: async (plan) => {
    const results: FleetResult[] = [];
    for (const traffic of traffics) results.push(...(await measureTraffic(traffic, plan)));
    plan.progress('asking one process for what another has stored');
    return toInstancesOutcome(results, await measureSharedHits(appWithRedis));
  },
};
