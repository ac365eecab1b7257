import { ConflictException, Inject, Injectable } from '@nestjs/common';
import { insufficientScope } from '../../inbound/authentication/refusals.ts';
import { InvalidRequest } from '../../inbound/problems/invalid-request.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { toOwnerKey } from '../../platform/context/owner-key.ts';
import { EventHub } from '../../realtime/event-hub.ts';
import { judgeReceiverUrl } from './receiver-url.ts';
import { WRITE_SCOPE } from './scopes.ts';
import type { KeptSubscription } from './subscription.ts';
import { SubscriptionStore } from './subscription-store.ts';
import type { SubscriptionRequest } from './subscriptions.dto.ts';
import { toOwner } from './to-owner.ts';
import { createWebhookSecret } from './webhook-signature.ts';
import { webhooksConfig, type WebhookOptions } from './webhooks.config.ts';

/** Subscriptions that one caller may have. */
export const MAX_OF_OWNER = 20;

/** Makes subscriptions, for those who may. */
@Injectable()
export class NewSubscriptions {
  constructor(
    private readonly store: SubscriptionStore,
    private readonly hub: EventHub,
    @Inject(webhooksConfig.KEY) private readonly options: WebhookOptions,
  ) {}

  /** @throws InvalidRequest; Refusal when the caller may not listen to a topic; ConflictException when there are too many */
  async create({ url: text, topics }: SubscriptionRequest, caller: Caller): Promise<KeptSubscription> {
    const judged = judgeReceiverUrl(text, this.options.network);
    if ('mistake' in judged) throw new InvalidRequest([{ field: 'url', detail: judged.mistake }]);
    this.admit(topics, caller);
    const owner = toOwner(caller);
    const ownerKey = toOwnerKey(owner);
    if ((await this.store.countOf(ownerKey)) >= MAX_OF_OWNER) throw tooMany();
    const kept = await this.store.add({
      ...{ owner, ownerKey, url: judged.url.href, topics, secret: createWebhookSecret() },
      ...{ disabledAt: null, lastDeliveredAt: null, lastFailure: null },
    });
    // Others may have been made at the very same moment: rather none of them than one too many.
    if ((await this.store.countOf(ownerKey)) > MAX_OF_OWNER) {
      await this.store.remove(kept.id);
      throw tooMany();
    }
    return kept;
  }

  private admit(topics: readonly string[], { scopes }: Caller): void {
    const found = topics.map((name) => this.hub.find(name));
    if (found.includes(undefined)) throw new InvalidRequest([{ field: 'topics', detail: this.allowed() }]);
    const needed = new Set(found.flatMap((topic) => (topic?.access === 'public' ? [] : [...(topic?.access ?? [])])));
    if (![...needed].every((scope) => scopes.includes(scope))) throw insufficientScope([WRITE_SCOPE, ...needed]);
  }

  private allowed(): string {
    const names = this.hub.all().map(({ name }) => name);
    return `must each be one of: ${names.toSorted().join(', ')}`;
  }
}

const tooMany = (): ConflictException =>
  new ConflictException(`You may have ${MAX_OF_OWNER} subscriptions: delete one first`);
