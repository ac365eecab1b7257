import type { Subject } from './servers/program.ts';
import type { Workload } from './workload.ts';

/** What of a workload is measured. */
export interface Choice {
  workload: Workload;
  subjects: readonly Subject[];
  /** Those that would be measured too if this machine could run them. */
  lacking: readonly Subject[];
}

export interface Wishes {
  isFull: boolean;
  /** Names of workloads; undefined: none was named. */
  named: ReadonlySet<string> | undefined;
  /** Names of subjects; undefined: none was named. */
  only: ReadonlySet<string> | undefined;
}

const isChosen = ({ name, fullOnly = false }: Workload, { isFull, named }: Wishes): boolean =>
  named?.has(name) ?? (isFull || !fullOnly);

const choose = (workload: Workload, { isFull, only }: Wishes): Choice => {
  const { subjects, fullOnlySubjects = [] } = workload;
  const wanted = subjects.filter(
    (subject) => only?.has(subject.name) ?? (isFull || !fullOnlySubjects.includes(subject)),
  );
  const isLacking = (subject: Subject): boolean => subject.lacking !== undefined;
  return {
    workload,
    subjects: wanted.filter((subject) => !isLacking(subject)),
    lacking: wanted.filter(isLacking),
  };
};

const toReason = (choices: Choice[]): string => {
  const lacking = choices.flatMap((choice) => choice.lacking.map((subject) => `${subject.name}: ${subject.lacking}`));
  if (lacking.length > 0) return [...new Set(lacking)].join(', ');
  return 'none of these workloads has a subject of --only; name other workloads, or add --full (bench/README.md)';
};

/** In the order in which they run. @throws Error when nothing is left to measure */
export const chooseWorkloads = (workloads: readonly Workload[], wishes: Wishes): Choice[] => {
  const choices = workloads
    .filter((workload) => isChosen(workload, wishes))
    .map((workload) => choose(workload, wishes));
  const measurable = choices.filter(({ subjects }) => subjects.length > 0);
  if (measurable.length === 0) throw new Error(`nothing is left to measure: ${toReason(choices)}`);
  return measurable;
};
