import type { Answer } from './answer.ts';
import type { Organisation } from './organisation.ts';
import type { Params } from './request-params.ts';

export interface Question {
  readonly organisation: Organisation;
  /** The segment of the path that a route leaves open; empty where it leaves none. */
  readonly id: string;
  /** Of path, body and query string. */
  readonly params: Params;
  /** Of the query string alone; here a name can come more than once. */
  readonly query: URLSearchParams;
  /** Path and query as they came. */
  readonly target: string;
}

/** `GET /pipelines/:` → its answer; a colon stands for one segment. */
export type Routes = Readonly<Record<string, (question: Question) => Answer>>;
