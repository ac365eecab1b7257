import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from '../servers/server.ts';

/** Resident memory in MB after `settleMs` of idling; undefined where there is no /proc to read it from. */
export const readResidentMb = async ({ child }: Server, settleMs: number): Promise<number | undefined> => {
  if (process.platform !== 'linux' || child.pid === undefined) return undefined;
  await delay(settleMs);
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : (Number(kibibytes) * 1_024) / 1_000_000;
};
