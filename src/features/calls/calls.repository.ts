import { ConflictException, Injectable } from '@nestjs/common';
import { Pages } from '../../inbound/pagination/pages.ts';
import { InvalidRequest } from '../../inbound/problems/invalid-request.ts';
import { CallFinished } from '../../jobs/background-calls.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { toOwnerKey } from '../../platform/context/owner-key.ts';
import type { CallRequest } from './call-request.dto.ts';
import type { CallsQuery } from './calls-query.dto.ts';
import type { Call, CallPage } from './calls.dto.ts';
import { checkInput } from './check-input.ts';
import { NewCalls } from './new-calls.ts';
import { OwnCalls, type CallsPaging } from './own-calls.ts';
import { toCall, toSummary } from './to-call.ts';

/** Background calls as their owners see them. All that take an id throw NotFoundException for one that is not the caller's. */
@Injectable()
export class CallsRepository {
  constructor(
    private readonly newCalls: NewCalls,
    private readonly own: OwnCalls,
    private readonly pages: Pages,
  ) {}

  /** @throws InvalidRequest, and whatever `NewCalls` throws */
  async ask({ operation, input }: CallRequest, caller: Caller): Promise<Call> {
    const all = this.newCalls.all();
    const declared = all.find(({ name }) => name === operation);
    if (declared === undefined) throw unknownOperation(all.map(({ name }) => name));
    this.newCalls.admit(declared, input, caller);
    return toCall(await this.newCalls.submit(declared, await checkInput(declared.input, input), caller));
  }

  findPage({ state, ...query }: CallsQuery, caller: Caller): Promise<CallPage> {
    return this.pages.read(['calls', toOwnerKey(caller), state], query, async (paging: CallsPaging) => {
      const { items, next } = await this.own.list(caller, state, paging);
      return { items: items.map(({ value }) => toSummary(value)), next };
    });
  }

  async findOne(id: string, caller: Caller): Promise<Call> {
    return toCall(await this.own.find(caller, id));
  }

  /** @throws ConflictException when there is nothing left to cancel */
  async cancel(id: string, caller: Caller): Promise<Call> {
    try {
      return toCall(await this.own.cancel(caller, id));
    } catch (error) {
      throw error instanceof CallFinished ? new ConflictException(error.message) : error;
    }
  }
}

const unknownOperation = (names: readonly string[]): InvalidRequest =>
  new InvalidRequest([{ field: 'operation', detail: `must be one of: ${names.toSorted().join(', ')}` }]);
