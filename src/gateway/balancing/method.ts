import type { Chosen } from '../../outbound/index.ts';
import type { Candidates } from './candidates.ts';
import type { ServerState } from './server-state.ts';

/** A way of choosing one of several servers. */
export interface Method {
  /** Told of all servers, those that are out included, when there are others than before, or their weights are others. */
  readonly prepare?: (servers: readonly ServerState[]) => void;
  readonly choose: (candidates: Candidates, call: Chosen) => ServerState;
}
