import { parseArgs } from 'node:util';
import type { Workload } from './workload.ts';
import { workloads } from './workloads.ts';

export interface BenchOptions {
  rounds: number;
  secondsPerRound: number;
  connections: number;
  workloads: readonly Workload[];
  /** Names of the subjects to measure; undefined: all. */
  only: ReadonlySet<string> | undefined;
  jsonFile: string | undefined;
}

const toCount = (flag: string, text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`--${flag} is '${text}': give a whole number of at least 1`);
};

/** Undefined when the flag was not given. */
const toNames = (flag: string, text: string | undefined, known: string[]): Set<string> | undefined => {
  if (text === undefined) return undefined;
  const names = new Set(text.split(',').map((name) => name.trim()));
  const unknown = [...names].find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new Error(`--${flag} names '${unknown}': choose from ${[...new Set(known)].join(', ')}`);
};

/** Reads the command line. @throws Error naming the flag, its value and the remedy */
export const readOptions = (args: string[]): BenchOptions => {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '64' },
      workload: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const allNames = workloads.map(({ name }) => name);
  const subjectNames = workloads.flatMap(({ subjects }) => subjects.map(({ name }) => name));
  const workloadNames = toNames('workload', values.workload, allNames);
  return {
    rounds: toCount('rounds', values.rounds),
    secondsPerRound: toCount('seconds', values.seconds),
    connections: toCount('connections', values.connections),
    workloads: workloads.filter(({ name }) => workloadNames?.has(name) ?? true),
    only: toNames('only', values.only, subjectNames),
    jsonFile: values.json,
  };
};
