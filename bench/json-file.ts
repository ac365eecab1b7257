import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import type { Plan } from './workload.ts';

/** Keeps the figures, by workload, together with what they depend on. */
export const writeJsonFile = async (
  file: string,
  { load, connections, rounds, secondsPerRound }: Omit<Plan, 'subjects'>,
  figures: Record<string, object>,
): Promise<void> => {
  const cores = cpus();
  const conditions = {
    measuredAt: new Date().toISOString(),
    node: process.version,
    processor: cores[0]?.model,
    cores: cores.length,
    load: load.name,
    connections,
    rounds,
    secondsPerRound,
  };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ conditions, figures }, undefined, 2)}\n`);
};
