import type { LoadGenerator } from './load.ts';
import type { Subject } from './subjects.ts';

/** What to measure with, and for how long. */
export interface Plan {
  load: LoadGenerator;
  connections: number;
  rounds: number;
  secondsPerRound: number;
  /** Those of the workload's subjects that were asked for; at least one. */
  subjects: readonly Subject[];
  progress: (text: string) => void;
}

export interface Outcome {
  /** For a terminal. */
  report: string;
  /** For the JSON file. */
  figures: object;
  /** Why some of the figures prove nothing; empty when all do. */
  doubts: string[];
}

/** One question about speed; starts its own servers. */
export interface Workload {
  name: string;
  subjects: readonly Subject[];
  /** @throws Error when it could not be measured at all */
  measure: (plan: Plan) => Promise<Outcome>;
}
