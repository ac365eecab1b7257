import type { Target } from '../findings/findings.ts';
import { formatWhole } from '../findings/table.ts';
import { readResidentMb } from '../measures/resident-memory.ts';
import { disagreement, median, greatestDisagreement } from '../measures/statistics.ts';
import { startServer, startSubject } from '../servers/server.ts';
import { app } from '../subjects/app.ts';
import { upstreamFor } from '../upstreams/by-node.ts';
import type { Workload } from '../workload.ts';

interface Startup {
  startToReadyMs: number;
  /** Of each start. */
  startsMs: number[];
  /** That of the last start; undefined where it cannot be measured. */
  idleMemoryMb: number | undefined;
}

const starts = 3;
const settleMs = 3_000;
const wantedMs = 1_500;
const wantedMb = 120;

const measureStarts = async (): Promise<Startup> => {
  const upstream = await startServer(upstreamFor({ cacheControl: 'no-store' }));
  const durationsMs: number[] = [];
  let idleMemoryMb: number | undefined;
  for (let count = 1; count <= starts; count += 1) {
    const server = await startSubject(app, upstream);
    durationsMs.push(server.startToReadyMs);
    if (count === starts) idleMemoryMb = await readResidentMb(server, settleMs);
    await server.child.stop();
  }
  return { startToReadyMs: median(durationsMs), startsMs: durationsMs, idleMemoryMb };
};

const toReport = ({ startToReadyMs, idleMemoryMb }: Startup): string => {
  const memory = idleMemoryMb === undefined ? 'not measured here' : `${idleMemoryMb.toFixed(0)} MB`;
  return [
    `app, start to ready: ${formatWhole(startToReadyMs)} ms (median of ${starts} starts)`,
    `app, resident memory when idle: ${memory}`,
  ].join('\n');
};

const toDoubts = ({ startsMs }: Startup): string[] => {
  const factor = disagreement(startsMs);
  if (factor <= greatestDisagreement) return [];
  return [`its starts disagree by a factor of ${factor.toFixed(2)}: is the machine busy?`];
};

const toTargets = (figures: Startup): Target[] => {
  const { startToReadyMs, idleMemoryMb } = figures;
  const [time, memory] = [
    { what: 'start to ready', value: startToReadyMs, unit: 'ms', wanted: wantedMs, doubts: toDoubts(figures) },
    { what: 'resident memory when idle', value: idleMemoryMb ?? NaN, unit: 'MB', wanted: wantedMb, doubts: [] },
  ];
  return [time, ...(idleMemoryMb === undefined ? [] : [memory])].map((target) => ({ ...target, bound: 'at most' }));
};

/** How long the app takes to get ready, and what it weighs before any call. */
export const startup: Workload = {
  name: 'startup',
  subjects: [app],
  fullOnly: true,
  estimateSeconds: () => 12,
  measure: async () => {
    const figures = await measureStarts();
    return { report: toReport(figures), figures, doubts: toDoubts(figures), targets: toTargets(figures) };
  },
};
