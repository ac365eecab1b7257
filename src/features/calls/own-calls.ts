import { Injectable, NotFoundException } from '@nestjs/common';
import { BackgroundCalls } from '../../jobs/background-calls.ts';
import { isShownToOwner } from '../../jobs/call-retention.ts';
import type { CallRecord, CallState } from '../../jobs/call-record.ts';
import { Clock } from '../../platform/clock.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { toOwnerKey } from '../../platform/context/owner-key.ts';
import type { RecordPage, RecordPosition } from '../../platform/records/records.ts';
import { toOwner } from './to-owner.ts';

export interface CallsPaging {
  readonly limit: number;
  readonly position?: RecordPosition | undefined;
}

/** The calls of one caller, as if there were no others. */
@Injectable()
export class OwnCalls {
  constructor(
    private readonly calls: BackgroundCalls,
    private readonly clock: Clock,
  ) {}

  list(caller: Caller, state: CallState | undefined, paging: CallsPaging): Promise<RecordPage<CallRecord>> {
    return this.calls.list({ ...paging, owner: toOwner(caller), ...(state === undefined ? {} : { state }) });
  }

  /** @throws NotFoundException: whether it is somebody else's, has run out or never was, nobody is told */
  async find(caller: Caller, id: string): Promise<CallRecord> {
    return this.ofCaller(caller, await this.calls.find(id));
  }

  /** @throws NotFoundException; CallFinished when there is nothing left to cancel */
  async cancel(caller: Caller, id: string): Promise<CallRecord> {
    await this.find(caller, id);
    return this.ofCaller(caller, await this.calls.cancel(id));
  }

  private ofCaller(caller: Caller, call: CallRecord | undefined): CallRecord {
    const isOwn = call?.owner && toOwnerKey(call.owner) === toOwnerKey(caller);
    if (isOwn && isShownToOwner(call, this.clock.wallTime())) return call;
    throw new NotFoundException('There is no such call, or not any more');
  }
}
