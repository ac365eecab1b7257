import type { ServerState } from './server-state.ts';

/** Servers that one may be chosen of, at least one, with what choosing needs of them all. */
export interface Candidates {
  readonly servers: readonly ServerState[];
  /** The shares of all of them are the same. */
  readonly isEven: boolean;
  /** Sum of their shares. */
  readonly total: number;
}

export const toCandidates = (servers: readonly ServerState[]): Candidates => ({
  servers,
  isEven: servers.every(({ share }) => share === servers[0]!.share),
  total: servers.reduce((total, { share }) => total + share, 0),
});
