import { Injectable, PayloadTooLargeException } from '@nestjs/common';
import { insufficientScope } from '../../inbound/authentication/refusals.ts';
import { TooManyRequests } from '../../inbound/problems/too-many-requests.ts';
import { BackgroundCalls, InputTooLarge, TooManyCalls } from '../../jobs/background-calls.ts';
import type { CallRecord } from '../../jobs/call-record.ts';
import { Operations, type DeclaredOperation } from '../../jobs/operations.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { refuseOversized } from './refuse-oversized.ts';
import { toOwner } from './to-owner.ts';

/** Nobody can say when one of so many ends. */
const RETRY_AFTER_MS = 10_000;

/** One that callers may ask for, if they have the scopes. */
export interface OfferedOperation extends DeclaredOperation {
  readonly access: readonly string[];
}

/** Takes calls from callers, whichever way they ask. */
@Injectable()
export class NewCalls {
  constructor(
    private readonly calls: BackgroundCalls,
    private readonly operations: Operations,
  ) {}

  all(): readonly OfferedOperation[] {
    return this.operations.all().filter(isOffered);
  }

  /** @throws Refusal when the caller lacks a scope; PayloadTooLargeException; InvalidRequest when it is nested too deeply */
  admit({ access }: OfferedOperation, input: object, { scopes }: Caller): void {
    if (!access.every((scope) => scopes.includes(scope))) throw insufficientScope(access);
    refuseOversized(input);
  }

  /**
   * @param input admitted, and checked against the operation's class
   * @throws TooManyRequests when too many of the caller's are unfinished; PayloadTooLargeException
   */
  async submit({ name }: OfferedOperation, input: object, caller: Caller): Promise<CallRecord> {
    try {
      return await this.calls.submit({ operation: name, input: { ...input }, owner: toOwner(caller) });
    } catch (error) {
      throw toRefusal(error);
    }
  }
}

const toRefusal = (error: unknown): unknown => {
  if (error instanceof InputTooLarge) return new PayloadTooLargeException(error.message);
  if (!(error instanceof TooManyCalls)) return error;
  const detail = `${error.limit} calls of yours are unfinished: wait until some are over, or cancel them`;
  return new TooManyRequests(RETRY_AFTER_MS, detail);
};

const isOffered = (operation: DeclaredOperation): operation is OfferedOperation => operation.access !== 'internal';
