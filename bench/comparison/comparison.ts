import type { Question } from '../questions/questions.ts';
import type { Subject, Upstream } from '../servers/program.ts';

export interface Contender {
  subject: Subject;
  /** Least ratio of the app's throughput to this subject's, as the project wants it. */
  wanted?: number;
  /** How often it has to ask the upstream in the whole comparison; undefined: once for each answer. */
  callsInAll?: number;
  /** Left out unless the run is full or the subject is asked for by its name. Default: false. */
  fullOnly?: boolean;
}

/** Subjects that do the same under the same load. */
export interface Comparison {
  name: string;
  /** Left out unless the run is full or it is asked for by its name. Default: false. */
  fullOnly?: boolean;
  upstream: Upstream;
  question: Question;
  /** Overrides `--connections`. */
  connections?: number;
  /** In the order in which a round measures them. */
  contenders: readonly Contender[];
}
