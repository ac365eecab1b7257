import { Inject, Injectable } from '@nestjs/common';
import {
  leaveReply,
  ProviderOptions,
  UpstreamError,
  Upstreams,
  type Provider,
  type Reply,
} from '../../outbound/index.ts';
import type { CancelSignal } from '../../platform/cancellation.ts';
import { Clock } from '../../platform/clock.ts';
import { ReceiverEndpoints } from './receiver-endpoints.ts';
import { Turns } from './turns.ts';
import { webhooksConfig, type WebhookOptions } from './webhooks.config.ts';

/** As the upstream of all receivers is called in logs and for operators. */
export const RECEIVERS = 'webhooks.receivers';

/** Longest until the head of the answer (Standard Webhooks 1.0.0, "Request timeouts": 15 to 30 s). */
const TIMEOUT_MS = 15_000;

/** Deliveries under way at once in this process: for one owner, so that slow receivers do not take all workers, and in all. */
const MAX_OF_ONE = 4;
const MAX_IN_ALL = 512;

/** The schedule of retries is all the patience that receivers get: no retries here, and no circuit. */
const OPTIONS: Partial<ProviderOptions> = {
  baseUrl: 'https://receivers.invalid',
  ...{ attemptTimeoutMs: TIMEOUT_MS, callDeadlineMs: TIMEOUT_MS, maxAttempts: 1, cache: 'off' },
  ...{ maxConcurrent: MAX_IN_ALL, maxQueued: 0, backgroundShare: 1 },
  ...{ breakerMinAttempts: 1_000_000, breakerMinSlowAttempts: 1_000_000 },
};

export interface ReceiverRequest {
  readonly subscriptionId: string;
  readonly ownerKey: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: CancelSignal;
}

/** The way to the receivers of webhooks: through the outbound pipeline, with the addresses checked at each connection. */
@Injectable()
export class Receivers {
  readonly #endpoints = new ReceiverEndpoints();
  readonly #turns: Turns;
  #provider: Provider | undefined;

  constructor(
    private readonly upstreams: Upstreams,
    private readonly clock: Clock,
    @Inject(webhooksConfig.KEY) private readonly options: WebhookOptions,
  ) {
    this.#turns = new Turns(MAX_OF_ONE, clock);
  }

  /**
   * One attempt. Resolves with the head of the answer, whatever its status; of its body nothing is read.
   * @throws UpstreamError; `overloaded` when too much is on its way there already, with the time of its turn
   */
  async post(request: ReceiverRequest): Promise<Pick<Reply, 'status' | 'headers'>> {
    const { subscriptionId, ownerKey, url } = request;
    const waitMs = this.#turns.begin(ownerKey);
    if (waitMs !== undefined) throw notYet(waitMs);
    this.#endpoints.enter(subscriptionId, url.origin);
    try {
      return await this.send(request);
    } finally {
      this.#turns.end(ownerKey);
      this.leave(subscriptionId);
    }
  }

  private async send({ subscriptionId, url, headers, body, signal }: ReceiverRequest): Promise<Reply> {
    const provider = this.open();
    const operation = provider.createOperation('POST', 'deliver', { cache: 'off' });
    const deadlineAt = this.clock.now() + TIMEOUT_MS;
    const reply = await provider.relay({
      ...{ operation, method: 'POST', path: url.pathname + url.search, headers, body },
      ...{ deadlineAt, signal, affinity: subscriptionId },
    });
    leaveReply(reply);
    return reply;
  }

  /** Opened when it is needed. */
  private open(): Provider {
    const options = { ...OPTIONS, network: this.options.network };
    return (this.#provider ??= this.upstreams.open({ name: RECEIVERS, options, endpoints: this.#endpoints }));
  }

  /** Of a receiver that nothing is on its way to no connection is kept: there may be very many. */
  private leave(subscriptionId: string): void {
    const endpoint = this.#endpoints.leave(subscriptionId);
    if (endpoint) this.#provider?.forget([endpoint]);
  }
}

const notYet = (retryAfterMs: number): UpstreamError =>
  new UpstreamError({
    code: 'overloaded',
    ...{ provider: RECEIVERS, operation: 'deliver', reason: 'enough is on its way to receivers of the same owner' },
    ...{ retryAfterMs, sent: false },
  });
