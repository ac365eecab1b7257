import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Principal } from '../credentials/principal.ts';
import type { Operation } from './operation.ts';

export interface CallPlanOptions {
  /** What the answer must look like; the result is what the schema makes of it. */
  readonly schema?: StandardSchemaV1 | undefined;
  /** The schema is given status and headers, too: a `WholeAnswer`. */
  readonly whole?: boolean | undefined;
  /** Whom the credential that the request carries stands for. */
  readonly principal?: Principal | undefined;
  /** By which the answer can be invalidated, beside its provider and its operation. */
  readonly tags?: readonly string[] | undefined;
  /** Brings the deadline nearer, in ms from now. */
  readonly deadlineMs?: number | undefined;
  /** Cancels the call, which then fails with the signal's own reason. Not axios's `signal`: its error holds the headers. */
  readonly signal?: AbortSignal | undefined;
}

/** What ApiClient says of a call beyond the request itself. A class, because axios copies plain objects. */
export class CallPlan {
  constructor(
    readonly operation: Operation,
    readonly options: CallPlanOptions,
  ) {}
}
