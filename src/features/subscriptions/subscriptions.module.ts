import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { InboundModule } from '../../inbound/inbound.module.ts';
import { JobsModule } from '../../jobs/jobs.module.ts';
import { OutboundModule } from '../../outbound/index.ts';
import { RecordsModule } from '../../platform/records/records.module.ts';
import { RedisModule } from '../../platform/redis/redis.module.ts';
import { RealtimeModule } from '../../realtime/realtime.module.ts';
import { Deliveries } from './deliveries.job.ts';
import { DeliveryAttempts } from './delivery-attempts.ts';
import { DeliveryNotes } from './delivery-notes.ts';
import { EventFanOut } from './event-fan-out.ts';
import { NewSubscriptions } from './new-subscriptions.ts';
import { Receivers } from './receivers.ts';
import { Subscribers } from './subscribers.ts';
import { SubscriptionStore } from './subscription-store.ts';
import { SubscriptionsController } from './subscriptions.controller.ts';
import { SubscriptionsRepository } from './subscriptions.repository.ts';
import { TestDeliveries } from './test-deliveries.ts';
import { TopicDemand } from './topic-demand.ts';
import { webhooksConfig } from './webhooks.config.ts';

/** Outgoing webhooks: who wants to be told of what, and telling them. */
@Module({
  imports: [
    ...[ConfigModule.forFeature(webhooksConfig), InboundModule, OutboundModule],
    ...[JobsModule, RealtimeModule, RecordsModule, RedisModule],
  ],
  controllers: [SubscriptionsController],
  providers: [
    ...[SubscriptionStore, Subscribers, SubscriptionsRepository, NewSubscriptions, TestDeliveries],
    ...[Receivers, DeliveryAttempts, DeliveryNotes, Deliveries, EventFanOut, TopicDemand],
  ],
})
export class SubscriptionsModule {}
