import type { Question } from './questions.ts';
import type { Program, Subject } from './subjects.ts';

export interface Contender {
  subject: Subject;
  /** Least ratio of the app's throughput to this subject's, as the project wants it. */
  wanted?: number;
  /** How often it has to ask the upstream in the whole comparison; undefined: once for each answer. */
  callsInAll?: number;
}

/** Subjects that do the same under the same load. */
export interface Comparison {
  name: string;
  upstream: Program;
  question: Question;
  /** In the order in which a round measures them. */
  contenders: readonly Contender[];
}
