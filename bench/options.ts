import { parseArgs } from 'node:util';
import { subjects, type Subject } from './subjects.ts';

export interface BenchOptions {
  rounds: number;
  secondsPerRound: number;
  connections: number;
  chosen: Subject[];
  jsonFile: string | undefined;
}

const toCount = (flag: string, text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`--${flag} is '${text}': give a whole number of at least 1`);
};

const toSubject = (name: string): Subject => {
  const subject = subjects.find((candidate) => candidate.name === name);
  if (subject) return subject;
  throw new Error(`--only names '${name}': choose from ${subjects.map((known) => known.name).join(', ')}`);
};

/** Reads the command line. @throws Error naming the flag, its value and the remedy */
export const readOptions = (args: string[]): BenchOptions => {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '64' },
      only: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const onlyNames = new Set(values.only?.split(',').map((name) => name.trim()));
  return {
    rounds: toCount('rounds', values.rounds),
    secondsPerRound: toCount('seconds', values.seconds),
    connections: toCount('connections', values.connections),
    chosen: values.only === undefined ? [...subjects] : [...onlyNames].map(toSubject),
    jsonFile: values.json,
  };
};
