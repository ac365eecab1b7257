import { readResidentMb } from './resident-memory.ts';
import { startServer, startSubject } from './server.ts';
import { median } from './statistics.ts';
import { app, upstreamFor } from './subjects.ts';
import { formatWhole } from './table.ts';
import type { Workload } from './workload.ts';

interface Startup {
  startToReadyMs: number;
  /** That of the last start; undefined where it cannot be measured. */
  idleMemoryMb: number | undefined;
}

const starts = 3;
const settleMs = 3_000;

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
  return { startToReadyMs: median(durationsMs), idleMemoryMb };
};

const toReport = ({ startToReadyMs, idleMemoryMb }: Startup): string => {
  const memory = idleMemoryMb === undefined ? 'not measured here' : `${idleMemoryMb.toFixed(0)} MB`;
  return [
    `app, start to ready: ${formatWhole(startToReadyMs)} ms (median of ${starts} starts)`,
    `app, resident memory when idle: ${memory}`,
  ].join('\n');
};

/** How long the app takes to get ready, and what it weighs before any call. */
export const startup: Workload = {
  name: 'startup',
  subjects: [app],
  measure: async () => {
    const figures = await measureStarts();
    return { report: toReport(figures), figures, doubts: [] };
  },
};
