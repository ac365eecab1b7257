import type { Chart, Target } from './findings/findings.ts';
import type { LoadGenerator } from './load/load-generator.ts';
import type { Subject } from './servers/program.ts';

/** What to measure with, and for how long. */
export interface Plan {
  load: LoadGenerator;
  connections: number;
  rounds: number;
  secondsPerRound: number;
  /** A workload may do more, or take longer, in a full run. */
  isFull: boolean;
  /** Those of the workload's subjects that were asked for; at least one. */
  subjects: readonly Subject[];
  progress: (text: string) => void;
}

export interface Outcome {
  /** What the figures depend on, beyond what is said of the whole run. Default: nothing. */
  conditions?: readonly string[];
  /** For a terminal. */
  report: string;
  /** For the JSON file. */
  figures: object;
  /** Why some of the figures prove nothing; empty when all do. */
  doubts: string[];
  /** What is drawn. Default: nothing. */
  charts?: readonly Chart[];
  /** What is wanted of these figures, and whether it is so. Default: nothing. */
  targets?: readonly Target[];
}

/** One question about speed; starts its own servers. */
export interface Workload {
  name: string;
  subjects: readonly Subject[];
  /** Left out unless the run is full or this workload is asked for by its name. Default: false. */
  fullOnly?: boolean;
  /** Likewise these subjects of it. Default: none. */
  fullOnlySubjects?: readonly Subject[];
  /** How long it will take, starts and warm-up included; roughly. */
  estimateSeconds?: (plan: Plan) => number;
  /** @throws Error when it could not be measured at all */
  measure: (plan: Plan) => Promise<Outcome>;
}
