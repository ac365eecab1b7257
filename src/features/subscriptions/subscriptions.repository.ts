import { Injectable, NotFoundException } from '@nestjs/common';
import { Pages } from '../../inbound/pagination/pages.ts';
import type { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { toOwnerKey } from '../../platform/context/owner-key.ts';
import type { RecordPosition } from '../../platform/records/records.ts';
import { NewSubscriptions } from './new-subscriptions.ts';
import type { KeptSubscription } from './subscription.ts';
import { SubscriptionStore } from './subscription-store.ts';
import type {
  NewSubscriptionDto,
  SubscriptionDto,
  SubscriptionPage,
  SubscriptionRequest,
} from './subscriptions.dto.ts';
import { toSubscription } from './to-subscription.ts';

/** The subscriptions of one caller: those of others are not there. All that take an id throw NotFoundException. */
@Injectable()
export class SubscriptionsRepository {
  constructor(
    private readonly store: SubscriptionStore,
    private readonly newSubscriptions: NewSubscriptions,
    private readonly pages: Pages,
  ) {}

  /** @throws whatever `NewSubscriptions` throws */
  async create(request: SubscriptionRequest, caller: Caller): Promise<NewSubscriptionDto> {
    const kept = await this.newSubscriptions.create(request, caller);
    return { ...toSubscription(kept), secret: kept.value.secret };
  }

  findPage(query: PageQuery, caller: Caller): Promise<SubscriptionPage> {
    const ownerKey = toOwnerKey(caller);
    return this.pages.read(['subscriptions', ownerKey], query, async (paging: Paging) => {
      const { items, next } = await this.store.ofOwner(ownerKey, paging);
      return { items: items.map(toSubscription), next };
    });
  }

  async findOne(id: string, caller: Caller): Promise<SubscriptionDto> {
    return toSubscription(await this.find(id, caller));
  }

  async remove(id: string, caller: Caller): Promise<void> {
    await this.find(id, caller);
    await this.store.remove(id);
  }

  async find(id: string, caller: Caller): Promise<KeptSubscription> {
    const kept = await this.store.find(id);
    if (kept?.value.ownerKey === toOwnerKey(caller)) return kept;
    throw new NotFoundException('There is no such subscription, or not any more');
  }
}

interface Paging {
  readonly limit: number;
  readonly position?: RecordPosition | undefined;
}
