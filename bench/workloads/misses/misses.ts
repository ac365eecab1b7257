import { createCallers, type Callers } from '../../load/callers.ts';
import { startServer, startSubject } from '../../servers/server.ts';
import { app } from '../../subjects/app.ts';
import { upstreamFor } from '../../upstreams/by-node.ts';
import { countUpstreamCalls } from '../../upstreams/count-calls.ts';
import type { Plan, Workload } from '../../workload.ts';
import { summarizeTraffic, toTrafficFindings, toTrafficReport } from './report.ts';
import { addRound, fetchHotKeys, type Traffic, type TrafficResult } from './traffic.ts';

const callerCount = 16;
const warmUpSeconds = 3;
const warmUpTraffic: Traffic = { name: 'warming up', missEvery: 10, pauseMs: 0 };
const kinds: readonly Traffic[] = [
  { name: 'hits alone, pauses of 5 ms', missEvery: Infinity, pauseMs: 5 },
  { name: '10 % misses, pauses of 5 ms', missEvery: 10, pauseMs: 5, wanted: 5 },
  { name: '10 % misses, no pauses', missEvery: 10, pauseMs: 0 },
];
const upstreamProgram = upstreamFor({ cacheControl: 'public, max-age=86400', answerBytes: 2_048, latencyMs: 20 });
// Room for every key of a run: what is measured is what misses do to hits, not what eviction does.
const roomForAll = { CACHE_MAX_ENTRIES: '100000', CACHE_MAX_BYTES: '1000000000' };

const toResult = (traffic: Traffic): TrafficResult => ({
  traffic,
  seconds: 0,
  missLatenciesMs: [],
  hitLatenciesMs: [],
});

const measureRounds = async (callers: Callers, results: TrafficResult[], plan: Plan): Promise<void> => {
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const result of results) {
      await addRound(callers, result, plan.secondsPerRound / 2);
      plan.progress(`round ${round}/${plan.rounds}  ${result.traffic.name}`);
    }
  }
};

const toDoubts = (calls: number, keys: number): string[] =>
  calls === keys ? [] : [`the upstream was asked ${calls} times for ${keys} keys`];

/** What the hits take while other requests miss. */
export const misses: Workload = {
  name: 'misses',
  subjects: [app],
  fullOnly: true,
  estimateSeconds: ({ rounds, secondsPerRound }) => 8 + (kinds.length * rounds * secondsPerRound) / 2,
  measure: async (plan) => {
    const upstream = await startServer(upstreamProgram);
    const server = await startSubject(app, upstream, roomForAll);
    const callers = createCallers(server.origin, callerCount);
    const warmUp = toResult(warmUpTraffic);
    const results = kinds.map(toResult);
    try {
      const hotKeys = await fetchHotKeys(callers);
      plan.progress(`warming up ${app.name}`);
      await addRound(callers, warmUp, warmUpSeconds);
      await measureRounds(callers, results, plan);
      const coldKeys = [warmUp, ...results].reduce((sum, { missLatenciesMs }) => sum + missLatenciesMs.length, 0);
      const summaries = results.map(summarizeTraffic);
      const doubts = toDoubts(await countUpstreamCalls(upstream), hotKeys + coldKeys);
      const report = toTrafficReport(summaries, doubts);
      return {
        report,
        figures: summaries,
        doubts: [...doubts, ...summaries.flatMap((summary) => summary.doubts)],
        ...toTrafficFindings(summaries, doubts),
      };
    } finally {
      await callers.close();
    }
  },
};
