import type { CallProblem } from './call-record.ts';

/** Says of an error what a caller of our API may know of it. Bound to what `inbound` makes problems with. */
export abstract class FailureDescriber {
  abstract describe(error: unknown): CallProblem;
}
