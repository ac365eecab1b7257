import { setTimeout as delay } from 'node:timers/promises';
import { createCallers } from '../../load/callers.ts';
import { readCpuMs } from '../../measures/cpu-time.ts';
import { median } from '../../measures/statistics.ts';
import type { Subject } from '../../servers/program.ts';
import { countRedisCommands, startRedis, type Redis } from '../../servers/redis.ts';
import { startServer, startSubject, type Server } from '../../servers/server.ts';
import { upstreamFor } from '../../upstreams/by-node.ts';
import { countUpstreamCalls } from '../../upstreams/count-calls.ts';

/** What a process does for answers that it found in one place. */
export interface HitsFrom {
  place: 'upstream' | 'Redis' | 'memory';
  answers: number;
  upstreamCalls: number;
  p50Ms: number;
  /** Of the processors, user and kernel; undefined where that cannot be told. */
  appUsPerAnswer: number | undefined;
  redisUsPerAnswer: number | undefined;
  redisCommandsPerAnswer: number;
}

const answers = 5_000;
// Few: where the process keeps a caller waiting, it gives up on Redis, which has 25 ms for its answer.
const callerCount = 4;
// What one process stores is in Redis a moment later.
const storingMs = 1_000;

const perAnswer = (before: number | undefined, after: number | undefined): number | undefined =>
  before === undefined || after === undefined ? undefined : ((after - before) * 1_000) / answers;

const toNames = (prefix: string): string[] => Array.from({ length: answers }, (_, index) => `${prefix}-${index}`);

interface Asked {
  place: HitsFrom['place'];
  server: Server;
  upstream: Server;
  redis: Redis;
}

/** Each name once. */
const askAll = async ({ place, server, upstream, redis }: Asked, names: readonly string[]): Promise<HitsFrom> => {
  const left = [...names];
  const latenciesMs: number[] = [];
  const callers = createCallers(server.origin, callerCount);
  const callsBefore = await countUpstreamCalls(upstream);
  const commandsBefore = await countRedisCommands(redis);
  const before = [await readCpuMs(server.child.pid), await readCpuMs(redis.child.pid)];
  try {
    await callers.inquire({
      pauseMs: 0,
      next: () => left.pop(),
      onAnswer: (_, latencyMs) => latenciesMs.push(latencyMs),
    });
  } finally {
    await callers.close();
  }
  await delay(storingMs);
  const after = [await readCpuMs(server.child.pid), await readCpuMs(redis.child.pid)];
  return {
    place,
    answers: latenciesMs.length,
    upstreamCalls: (await countUpstreamCalls(upstream)) - callsBefore,
    p50Ms: median(latenciesMs),
    appUsPerAnswer: perAnswer(before[0], after[0]),
    redisUsPerAnswer: perAnswer(before[1], after[1]),
    redisCommandsPerAnswer: ((await countRedisCommands(redis)) - commandsBefore) / answers,
  };
};

/** One process fetches, the other finds it in Redis, and then in its own memory. */
export const measureSharedHits = async (subject: Subject): Promise<HitsFrom[]> => {
  const redis = await startRedis();
  const upstream = await startServer(upstreamFor({ cacheControl: 'public, max-age=86400' }));
  const env = { REDIS_URL: redis.url, CACHE_MAX_ENTRIES: '100000' };
  const [one, other] = [await startSubject(subject, upstream, env), await startSubject(subject, upstream, env)];
  const pass = async (names: readonly string[]): Promise<HitsFrom[]> => [
    await askAll({ place: 'upstream', server: one, upstream, redis }, names),
    await askAll({ place: 'Redis', server: other, upstream, redis }, names),
    await askAll({ place: 'memory', server: other, upstream, redis }, names),
  ];
  await pass(toNames('warm-up'));
  return pass(toNames('pokemon'));
};
