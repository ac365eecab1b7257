import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** A request target and who sends it. */
export interface Asked {
  readonly method: string;
  /** Not decoded, without the query string. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

export interface Answer {
  readonly status: number;
  readonly body: object;
  /** Of a list: the index after its last article, and after its first when it is empty. */
  readonly reaches?: number;
}

/** One way to speak of the same articles. */
export interface Shape {
  readonly headers: OutgoingHttpHeaders;
  answer(asked: Asked): Answer;
  /** How it says that something went wrong with it. */
  fail(status: number): Answer;
}
