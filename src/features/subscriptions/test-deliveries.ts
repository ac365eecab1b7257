import { randomUUID } from 'node:crypto';
import { ConflictException, Injectable } from '@nestjs/common';
import { TooManyRequests } from '../../inbound/problems/too-many-requests.ts';
import { BackgroundCalls, TooManyCalls } from '../../jobs/background-calls.ts';
import { Clock } from '../../platform/clock.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { DELIVER, TEST_TYPE, type DeliveryInput } from './delivery.dto.ts';
import { SubscriptionsRepository } from './subscriptions.repository.ts';

/** Nobody can say when one of so many ends. */
const RETRY_AFTER_MS = 10_000;

/** Deliveries that a subscriber asks for: attempted once, and shown to them as a background call of theirs. */
@Injectable()
export class TestDeliveries {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly calls: BackgroundCalls,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the id of the call
   * @throws NotFoundException; ConflictException when it is disabled; TooManyRequests when too many calls are unfinished
   */
  async ask(id: string, caller: Caller): Promise<string> {
    const { value } = await this.subscriptions.find(id, caller);
    if (value.disabledAt !== null) throw new ConflictException('The subscription is disabled: make a new one');
    const input: DeliveryInput = {
      ...{ subscriptionId: id, eventId: `test_${randomUUID()}`, type: TEST_TYPE },
      ...{ timestamp: new Date(this.clock.wallTime()).toISOString(), data: { subscriptionId: id } },
    };
    return this.submit({ operation: DELIVER, input, owner: value.owner });
  }

  private async submit(call: Parameters<BackgroundCalls['submit']>[0]): Promise<string> {
    try {
      return (await this.calls.submit(call)).id;
    } catch (error) {
      if (!(error instanceof TooManyCalls)) throw error;
      throw new TooManyRequests(
        RETRY_AFTER_MS,
        `${error.limit} calls of yours are unfinished: wait until some are over`,
      );
    }
  }
}
