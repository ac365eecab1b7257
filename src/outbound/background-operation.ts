import { SetMetadata, type Type } from '@nestjs/common';
import type { CancelSignal } from '../platform/cancellation.ts';

/** Who a call is made for, as far as that outlives the request: never the token. */
export interface CallOwner {
  readonly issuer: string;
  readonly subject: string;
  readonly clientId?: string;
}

/** One attempt at a background call, as the method that makes it sees it. */
export interface BackgroundAttempt {
  /** The same on every attempt: what an upstream tells repetitions by. A UUID. */
  readonly callId: string;
  /** From 1. */
  readonly attempt: number;
  /** Undefined: the call is our own. */
  readonly owner: CallOwner | undefined;
  /** Aborts when the call is cancelled, or the worker stops. */
  readonly signal: CancelSignal;
}

export interface BackgroundOperationOptions {
  /** Such as `ci.runWorkflow`. */
  readonly name: string;
  /** What `input` must be, by class-validator's decorators. */
  readonly input: Type<object>;
  /** What a caller needs all of. `internal`: no caller may ask for it. */
  readonly access: readonly string[] | 'internal';
  /**
   * Whether it may be done again when nobody knows whether it was done: `always`, as doing it twice is doing it once, or
   * because `callId` is handed to an upstream that sees to it; `never`: then it ends as `outcome_unknown`. Default `never`.
   */
  readonly repeatable?: 'always' | 'never';
  /** What failed for a while is tried again after so many ms each, give or take a tenth. Default: over hours, see `jobs`. */
  readonly retryDelaysMs?: readonly number[];
}

/** A method of an injectable that may be called in the background: `(input, attempt) => Promise<result>`, plain JSON both. */
export type BackgroundMethod = (input: never, attempt: BackgroundAttempt) => Promise<unknown>;

export const BACKGROUND_OPERATION = Symbol('background operation');

/** Declares a method as an operation for background calls; `jobs` finds it by this. */
export const BackgroundOperation =
  (options: BackgroundOperationOptions) =>
  <M extends BackgroundMethod>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<M>): void => {
    SetMetadata(BACKGROUND_OPERATION, options)(target, key, descriptor);
  };
