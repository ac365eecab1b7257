import type { Endpoint, Lease, Outcome } from '../../outbound/index.ts';
import type { ServerState } from './server-state.ts';

/** Learns how a request ended that was begun at `begunAt`. */
export type Judge = (server: ServerState, begunAt: number, outcome: Outcome) => void;

/** Counts as outstanding from now until it ends. Judging or ending it again does nothing. */
export class ServerLease implements Lease {
  readonly endpoint: Endpoint;
  readonly #server: ServerState;
  readonly #begunAt: number;
  readonly #judge: Judge;
  #isJudged = false;
  #isEnded = false;

  constructor(server: ServerState, begunAt: number, judge: Judge) {
    this.endpoint = server.endpoint;
    this.#server = server;
    this.#begunAt = begunAt;
    this.#judge = judge;
    server.outstanding += 1;
  }

  judge(outcome: Outcome): void {
    if (this.#isJudged) return;
    this.#isJudged = true;
    this.#judge(this.#server, this.#begunAt, outcome);
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#server.outstanding -= 1;
  }
}
