import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from './server.ts';
import { median } from './statistics.ts';

export interface Startup {
  startToReadyMs: number;
  /** Undefined where there is no /proc to read it from. */
  idleMemoryMb: number | undefined;
}

const starts = 3;
const settleMs = 3_000;

const readResidentMb = async (pid: number | undefined): Promise<number | undefined> => {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  await delay(settleMs);
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : (Number(kibibytes) * 1_024) / 1_000_000;
};

/** Starts the server a few times over; the memory is that of the last start, `settleMs` after it was ready. */
export const measureStartup = async (start: () => Promise<Server>): Promise<Startup> => {
  const durationsMs: number[] = [];
  let idleMemoryMb: number | undefined;
  for (let count = 1; count <= starts; count += 1) {
    const server = await start();
    durationsMs.push(server.startToReadyMs);
    if (count === starts) idleMemoryMb = await readResidentMb(server.child.pid);
    await server.child.stop();
  }
  return { startToReadyMs: median(durationsMs), idleMemoryMb };
};
