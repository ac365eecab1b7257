import { Inject, Injectable } from '@nestjs/common';
import { toRetryAfterMs, UpstreamError } from '../../outbound/index.ts';
import type { CancelSignal } from '../../platform/cancellation.ts';
import { Clock } from '../../platform/clock.ts';
import type { DeliveryInput } from './delivery.dto.ts';
import { judgeAnswer, type Judgement } from './judge-answer.ts';
import { judgeFailure, refusedDelivery } from './judge-failure.ts';
import { judgeReceiverUrl } from './receiver-url.ts';
import { Receivers } from './receivers.ts';
import type { KeptSubscription } from './subscription.ts';
import { signWebhook } from './webhook-signature.ts';
import { webhooksConfig, type WebhookOptions } from './webhooks.config.ts';

/** Makes one attempt at a delivery: signs, sends, judges. */
@Injectable()
export class DeliveryAttempts {
  constructor(
    private readonly receivers: Receivers,
    private readonly clock: Clock,
    @Inject(webhooksConfig.KEY) private readonly options: WebhookOptions,
  ) {}

  /** @throws UpstreamError `overloaded` when it is not its turn yet; the signal's reason */
  async make({ id, value }: KeptSubscription, input: DeliveryInput, signal: CancelSignal): Promise<Judgement> {
    // Once more: what may be reached can have become less.
    const judged = judgeReceiverUrl(value.url, this.options.network);
    if ('mistake' in judged) return refusedDelivery('The URL is not one that webhooks go to any more');
    const { type, timestamp, data } = input;
    const body = JSON.stringify({ type, timestamp, data });
    const headers = this.headersOf(input.eventId, body, value.secret);
    try {
      const { ownerKey } = value;
      const reply = await this.receivers.post({
        ...{ subscriptionId: id, ownerKey, url: judged.url },
        headers,
        body,
        signal,
      });
      const now = this.clock.wallTime();
      const askedToWaitMs = toRetryAfterMs(reply.headers['retry-after'], now);
      return judgeAnswer({ status: reply.status, askedToWaitMs, ageMs: now - Date.parse(timestamp) });
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.code === 'overloaded') throw error;
      return judgeFailure(error);
    }
  }

  private headersOf(id: string, body: string, secret: string): Record<string, string> {
    const timestampS = Math.floor(this.clock.wallTime() / 1_000);
    return {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Breakwater-Webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(timestampS),
      'webhook-signature': signWebhook(secret, { id, timestampS, body }),
    };
  }
}
