import { parseArgs } from 'node:util';
import type { Comparison } from '../comparison/comparison.ts';
import { secondsLimits, toCount, toName } from '../flags.ts';
import type { Subject } from '../servers/program.ts';

export interface ProfileOptions {
  comparison: Comparison;
  subject: Subject;
  /** How long it is looked at. */
  seconds: number;
}

const flags = {
  workload: { type: 'string', default: 'uncached' },
  subject: { type: 'string' },
  seconds: { type: 'string', default: '8' },
} as const;

/** Others have no profiler to ask. */
const isByNode = ({ command }: Subject): boolean => command[0] === process.execPath;

const find = <T extends { name: string }>(flag: string, wanted: string, all: readonly T[]): T => {
  const names = all.map(({ name }) => name);
  return all[names.indexOf(toName(flag, wanted, names))]!;
};

/** Reads the command line. @throws Error naming the flag, its value and the remedy */
export const readProfileOptions = (args: string[], comparisons: readonly Comparison[]): ProfileOptions => {
  const { values } = parseArgs({ args, options: flags });
  const comparison = find('workload', values.workload, comparisons);
  const subjects = comparison.contenders.map(({ subject }) => subject).filter(isByNode);
  return {
    comparison,
    subject: find('subject', values.subject ?? subjects[0]?.name ?? '', subjects),
    seconds: toCount('seconds', values.seconds, secondsLimits),
  };
};
