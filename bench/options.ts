import { parseArgs } from 'node:util';
import { chooseWorkloads, type Choice } from './choose-workloads.ts';
import { secondsLimits, toCount, toNames } from './flags.ts';
import type { Workload } from './workload.ts';

export interface BenchOptions {
  isFull: boolean;
  rounds: number;
  secondsPerRound: number;
  connections: number;
  choices: readonly Choice[];
  /** Where the results are written, beside the folder of the last run; undefined: nowhere else. */
  jsonFile: string | undefined;
}

const flags = {
  full: { type: 'boolean', default: false },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string' },
  connections: { type: 'string', default: '64' },
  workload: { type: 'string' },
  only: { type: 'string' },
  json: { type: 'string' },
} as const;

/** Reads the command line. @throws Error naming the flag, its value and the remedy */
export const readOptions = (args: string[], workloads: readonly Workload[]): BenchOptions => {
  const { values } = parseArgs({ args, options: flags });
  const allNames = workloads.map(({ name }) => name);
  const subjectNames = workloads.flatMap(({ subjects }) => subjects.map(({ name }) => name));
  const isFull = values.full;
  const only = toNames('only', values.only, subjectNames);
  return {
    isFull,
    // One round cannot disagree with itself.
    rounds: toCount('rounds', values.rounds, { least: 2, most: 100 }),
    secondsPerRound: toCount('seconds', values.seconds ?? (isFull ? '2' : '1'), secondsLimits),
    connections: toCount('connections', values.connections, { least: 1, most: 1_024 }),
    choices: chooseWorkloads(workloads, { isFull, only, named: toNames('workload', values.workload, allNames) }),
    jsonFile: values.json,
  };
};
