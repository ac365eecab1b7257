import type { HeaderMap } from './header-map.ts';

/** What the schema of a call that asks for its answer `whole` is given. */
export interface WholeAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: HeaderMap;
  /** What was read of the body; undefined when the answer is a redirect. */
  readonly body: unknown;
}
