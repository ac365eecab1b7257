import type { SemaphoreStandIn } from './semaphore-handles.ts';
import type { World } from './world.ts';

type Entry<List> = List extends readonly (infer Item)[] ? Item : never;
export type Started = Entry<SemaphoreStandIn['started']>;
export type Promoted = Entry<SemaphoreStandIn['promoted']>;

export interface Ids {
  readonly workflowId: string;
  readonly pipelineId: string;
}

/** What there is, and what was done to it. */
export interface Organisation {
  readonly world: World;
  readonly started: Started[];
  readonly stopped: string[];
  readonly promoted: Promoted[];
  /** What a `request_token` started. Reruns and rebuilds share them, as pipelines do that are kept by token. */
  readonly startedBy: Map<string, Ids>;
  /** Tokens that promoted already. */
  readonly promotedBy: Set<string>;
  /** Counts what comes into being after the beginning. */
  nextNumber(): number;
}

const FIRST = 1_000_000;

export const createOrganisation = (world: World): Organisation => {
  let number = FIRST;
  return {
    ...{ world, started: [], stopped: [], promoted: [], startedBy: new Map(), promotedBy: new Set() },
    nextNumber: () => (number += 1),
  };
};
