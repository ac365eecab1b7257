import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { Pages } from '../inbound/pagination/pages.ts';
import { BackgroundCalls, CallFinished, CallNotRetryable } from '../jobs/background-calls.ts';
import type { CallRecord } from '../jobs/call-record.ts';
import type { RecordPosition } from '../platform/records/records.ts';
import type { AnyCall, AnyCallPage, AnyCallsQuery } from './calls.dto.ts';
import { listDeadLetters } from './dead-letters.ts';
import { toAnyCall, toAnySummary } from './to-any-call.ts';

interface Paging {
  readonly limit: number;
  readonly position?: RecordPosition | undefined;
}

/** The background calls of everybody, and our own. All that take an id throw NotFoundException. */
@Injectable()
export class AnyCallsRepository {
  constructor(
    private readonly calls: BackgroundCalls,
    private readonly pages: Pages,
  ) {}

  findPage({ state, ...query }: AnyCallsQuery): Promise<AnyCallPage> {
    return this.pages.read(['ops/calls', state], query, async (paging: Paging) => {
      const { items, next } = await (state === undefined
        ? listDeadLetters(this.calls, paging)
        : this.calls.list({ ...paging, state }));
      return { items: items.map(({ value }) => toAnySummary(value)), next };
    });
  }

  async findOne(id: string): Promise<AnyCall> {
    return found(await this.calls.find(id));
  }

  /** @throws ConflictException when it is no dead letter */
  retry(id: string): Promise<AnyCall> {
    return orConflict(this.calls.retry(id));
  }

  /** @throws ConflictException when it is over */
  cancel(id: string): Promise<AnyCall> {
    return orConflict(this.calls.cancel(id));
  }
}

const orConflict = async (changed: Promise<CallRecord | undefined>): Promise<AnyCall> => {
  try {
    return found(await changed);
  } catch (error) {
    const isConflict = error instanceof CallFinished || error instanceof CallNotRetryable;
    throw isConflict ? new ConflictException(error.message) : error;
  }
};

const found = (call: CallRecord | undefined): AnyCall => {
  if (call !== undefined) return toAnyCall(call);
  throw new NotFoundException('There is no such call, or not any more');
};
