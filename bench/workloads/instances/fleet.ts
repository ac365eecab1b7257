import { cpus } from 'node:os';
import type { RoundPlan } from '../../comparison/rounds.ts';
import type { LoadResult } from '../../load/load-generator.ts';
import { readCpuMs } from '../../measures/cpu-time.ts';
import { countRedisCommands, type Redis } from '../../servers/redis.ts';
import type { Server } from '../../servers/server.ts';
import { countUpstreamCalls } from '../../upstreams/count-calls.ts';

/** One or more processes of the app that share the load. */
export interface Fleet {
  name: string;
  servers: readonly Server[];
}

/** Times of the processors in ms, user and kernel; undefined where they cannot be told. */
export interface FleetRound extends LoadResult {
  upstreamCalls: number;
  redisCommands: number;
  /** Of all processes of the app. */
  appMs: number | undefined;
  redisMs: number | undefined;
  upstreamMs: number | undefined;
  /** Share of the machine that was at work, by whatever it was. */
  busy: number;
}

interface Clocks {
  app: (number | undefined)[];
  redis: number | undefined;
  upstream: number | undefined;
  machine: { busyMs: number; allMs: number };
}

const readMachine = (): Clocks['machine'] => {
  const sum = { busyMs: 0, allMs: 0 };
  for (const { times } of cpus()) {
    const all = Object.values(times).reduce((total, ms) => total + ms, 0);
    sum.allMs += all;
    sum.busyMs += all - times.idle;
  }
  return sum;
};

const readClocks = async ({ servers }: Fleet, upstream: Server, redis: Redis): Promise<Clocks> => ({
  app: await Promise.all(servers.map(({ child }) => readCpuMs(child.pid))),
  redis: await readCpuMs(redis.child.pid),
  upstream: await readCpuMs(upstream.child.pid),
  machine: readMachine(),
});

const subtract = (after: number | undefined, before: number | undefined): number | undefined =>
  after === undefined || before === undefined ? undefined : after - before;

const sumOf = (times: (number | undefined)[]): number | undefined =>
  times.reduce((sum, time) => (sum === undefined || time === undefined ? undefined : sum + time), 0);

const toTimes = (before: Clocks, after: Clocks): Pick<FleetRound, 'appMs' | 'redisMs' | 'upstreamMs' | 'busy'> => ({
  appMs: subtract(sumOf(after.app), sumOf(before.app)),
  redisMs: subtract(after.redis, before.redis),
  upstreamMs: subtract(after.upstream, before.upstream),
  busy: (after.machine.busyMs - before.machine.busyMs) / (after.machine.allMs - before.machine.allMs),
});

const add = (one: LoadResult, other: LoadResult): LoadResult => ({
  requestsPerSecond: one.requestsPerSecond + other.requestsPerSecond,
  answers: one.answers + other.answers,
  non2xx: one.non2xx + other.non2xx,
  socketErrors: one.socketErrors + other.socketErrors,
});

/** Loads all of it at once, with the same number of connections however many they are. @throws Error when one ends */
export const measureFleet = async (plan: RoundPlan, fleet: Fleet, redis: Redis): Promise<FleetRound> => {
  const { load, connections, secondsPerRound, question, upstream } = plan;
  const each = Math.ceil(connections / fleet.servers.length);
  const callsBefore = await countUpstreamCalls(upstream);
  const commandsBefore = await countRedisCommands(redis);
  const before = await readClocks(fleet, upstream, redis);
  const loads = fleet.servers.map(({ origin }) => load.run(origin + question.path, each, secondsPerRound));
  const result = (await Promise.all(loads)).reduce(add);
  const after = await readClocks(fleet, upstream, redis);
  const redisCommands = (await countRedisCommands(redis)) - commandsBefore;
  const upstreamCalls = (await countUpstreamCalls(upstream)) - callsBefore;
  for (const { child } of fleet.servers)
    if (child.hasExited()) throw new Error(`${child.name} ended under load:\n${child.output()}`);
  return { ...result, upstreamCalls, redisCommands, ...toTimes(before, after) };
};
