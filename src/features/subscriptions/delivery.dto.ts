import { Allow, IsISO8601, IsUUID, Matches } from 'class-validator';

/** Of the operation that delivers; names a subscription, so that what is kept of a call holds no secret. */
export const DELIVER = 'webhooks.deliver';

/** Type of the event that a subscriber asks for to try a receiver out. */
export const TEST_TYPE = 'webhook.test';

/** One event for one subscription. */
export class DeliveryInput {
  @IsUUID()
  subscriptionId!: string;

  /** What receivers tell repetitions by: `webhook-id`. Without dots, as they separate what is signed. */
  @Matches(/^[\w-]{1,128}$/)
  eventId!: string;

  @Matches(/^[\w.]{1,100}$/)
  type!: string;

  /** When it happened. */
  @IsISO8601()
  timestamp!: string;

  @Allow()
  data!: unknown;
}
