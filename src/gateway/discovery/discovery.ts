import type { Endpoint } from '../../outbound/index.ts';

/** Told of all servers there are, each time that changes; never of a list it has been told already. */
export type Found = (endpoints: readonly Endpoint[]) => void;

/** Where the servers behind an upstream are learnt. One more registry is one more file here, and a line in `create-discovery.ts`. */
export abstract class Discovery {
  /**
   * Begins; resolves when it has told of servers for the first time, or when it is plain that there are none to be had yet.
   * What fails later is logged, and the servers that are known stay. Never rejects.
   */
  abstract open(found: Found): Promise<void>;

  /** Ends it: no timer, watcher or socket is left, and nobody is told any more. */
  abstract close(): void;
}
