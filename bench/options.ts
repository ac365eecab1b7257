import { parseArgs } from 'node:util';
import { chooseWorkloads, type Choice } from './choose-workloads.ts';
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

interface Limits {
  least: number;
  most: number;
}

const toCount = (flag: string, text: string, { least, most }: Limits): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  throw new Error(`--${flag} is '${text}': give a whole number from ${least} to ${most}`);
};

/** Undefined when the flag was not given. */
const toNames = (flag: string, text: string | undefined, known: string[]): Set<string> | undefined => {
  if (text === undefined) return undefined;
  const names = new Set(text.split(',').map((name) => name.trim()));
  const unknown = [...names].find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new Error(`--${flag} names '${unknown}': choose from ${[...new Set(known)].join(', ')}`);
};

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
    secondsPerRound: toCount('seconds', values.seconds ?? (isFull ? '2' : '1'), { least: 1, most: 60 }),
    connections: toCount('connections', values.connections, { least: 1, most: 1_024 }),
    choices: chooseWorkloads(workloads, { isFull, only, named: toNames('workload', values.workload, allNames) }),
    jsonFile: values.json,
  };
};
