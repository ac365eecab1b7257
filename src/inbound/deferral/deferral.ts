import type { Type } from '@nestjs/common';
import type { Caller } from '../../platform/context/caller.ts';

/** What can be put off. */
export interface DeferrableOperation {
  readonly name: string;
  readonly input: Type<object>;
}

/** Does later what a request asks for. Bound to `jobs`. */
export abstract class Deferral {
  abstract find(operation: string): DeferrableOperation | undefined;

  /** `input` has been checked. Resolves, to the call's id, when it cannot be lost any more. */
  abstract defer(operation: string, input: object, caller: Caller): Promise<string>;
}
