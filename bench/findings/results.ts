import { cpus } from 'node:os';
import type { Outcome, Plan } from '../workload.ts';
import type { Chart, Target } from './findings.ts';

/** What all figures of a run depend on. */
export interface Conditions {
  /** ISO 8601. */
  measuredAt: string;
  node: string;
  processor: string;
  cores: number;
  load: string;
  connections: number;
  rounds: number;
  secondsPerRound: number;
  isFull: boolean;
}

/** What a workload has to say, apart from its figures. */
export interface Finding {
  workload: string;
  conditions: readonly string[];
  charts: readonly Chart[];
  targets: readonly Target[];
  doubts: readonly string[];
  /** Why there are no figures. */
  failure?: string;
}

/** All of a run, as its JSON file has it. */
export interface Results {
  conditions: Conditions;
  findings: Finding[];
  /** By workload. */
  figures: Record<string, object>;
}

/** Now, and of this machine. */
export const describeConditions = (plan: Omit<Plan, 'subjects' | 'progress'>): Conditions => {
  const { load, connections, rounds, secondsPerRound, isFull } = plan;
  const cores = cpus();
  return {
    measuredAt: new Date().toISOString(),
    node: process.version,
    processor: cores[0]?.model.trim() ?? 'unknown processor',
    cores: cores.length,
    load: load.name,
    ...{ connections, rounds, secondsPerRound, isFull },
  };
};

export const toFinding = (workload: string, outcome: Outcome): Finding => {
  const { conditions = [], charts = [], targets = [], doubts } = outcome;
  return { workload, conditions, charts, targets, doubts };
};

/** Of a workload that could not be measured. */
export const toFailedFinding = (workload: string, failure: string): Finding => ({
  ...{ workload, failure, conditions: [], charts: [], targets: [], doubts: [] },
});
