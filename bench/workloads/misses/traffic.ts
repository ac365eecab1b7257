import type { Callers } from '../../load/callers.ts';

/** A mixture of hits and misses. */
export interface Traffic {
  name: string;
  /** One request in so many goes to a key that was never asked for; Infinity: none does. */
  missEvery: number;
  pauseMs: number;
  /** Greatest p99 / p50 of the hits, as the project wants it. */
  wanted?: number;
}

export interface TrafficResult {
  traffic: Traffic;
  seconds: number;
  missLatenciesMs: number[];
  /** One list for each round. */
  hitLatenciesMs: number[][];
}

const hotKeys = Array.from({ length: 100 }, (_, index) => `hot-${index}`);
let requestCount = 0;

const chooseName = (missEvery: number): string | undefined => {
  requestCount += 1;
  return requestCount % missEvery === 0 ? `cold-${requestCount}` : hotKeys[requestCount % hotKeys.length];
};

/** Makes the keys known that hits go to. @returns how many they are */
export const fetchHotKeys = async (callers: Callers): Promise<number> => {
  const left = [...hotKeys];
  await callers.inquire({ pauseMs: 0, next: () => left.pop() });
  return hotKeys.length;
};

/** Adds a round to `result`. */
export const addRound = async (callers: Callers, result: TrafficResult, seconds: number): Promise<void> => {
  const { missEvery, pauseMs } = result.traffic;
  const hits: number[] = [];
  const endAtMs = performance.now() + seconds * 1_000;
  await callers.inquire({
    pauseMs,
    next: () => (performance.now() < endAtMs ? chooseName(missEvery) : undefined),
    onAnswer: (name, latencyMs) => (name.startsWith('hot') ? hits : result.missLatenciesMs).push(latencyMs),
  });
  result.hitLatenciesMs.push(hits);
  result.seconds += seconds;
};
