import type { Subject } from '../../bench/servers/program.ts';
import { peer } from '../../bench/subjects/peer.ts';
import type { Workload } from '../../bench/workload.ts';

export const quick = peer('quick');
export const slow = peer('slow');
export const absent: Subject = { ...peer('absent'), lacking: 'it is not installed here' };

const measure: Workload['measure'] = () => Promise.reject(new Error('not to be measured'));

/** One of both runs, one of the full run alone, one whose subject this machine cannot run. */
export const fakeWorkloads: readonly Workload[] = [
  { name: 'first', subjects: [quick, slow, absent], fullOnlySubjects: [slow], measure },
  { name: 'second', subjects: [slow], fullOnly: true, measure },
  { name: 'third', subjects: [absent], measure },
];
