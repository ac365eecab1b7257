import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import type { RoundPlan } from './rounds.ts';
import type { Startup } from './startup.ts';
import type { Summary } from './summary.ts';

/** Keeps the figures together with what they depend on. */
export const writeJsonFile = async (
  file: string,
  plan: RoundPlan,
  summaries: Summary[],
  startup: Startup | undefined,
): Promise<void> => {
  const cores = cpus();
  const conditions = {
    measuredAt: new Date().toISOString(),
    node: process.version,
    processor: cores[0]?.model,
    cores: cores.length,
    load: plan.load.name,
    connections: plan.connections,
    secondsPerRound: plan.secondsPerRound,
  };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ conditions, summaries, startup }, undefined, 2)}\n`);
};
