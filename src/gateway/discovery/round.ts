import type { Endpoint } from '../../outbound/index.ts';
import type { NameServers } from './name-servers.ts';

/** What asking once came to. */
export interface Round {
  readonly endpoints: readonly Endpoint[];
  /** How long it holds, in ms; absent where nobody said. */
  readonly ttlMs?: number;
  /** Why it is not, or not all of it, what name servers say now. */
  readonly trouble?: string;
  /** Servers there are that must not be used, and why. */
  readonly leftOut?: string;
}

/** Asks once. One that throws counts as no answer. */
export type Ask = (dns: NameServers) => Promise<Round>;
