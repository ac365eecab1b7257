import { Injectable } from '@nestjs/common';
import type { Counter } from '@opentelemetry/api';
import { Metrics } from '../../platform/telemetry/metrics.ts';

/** `issued`: the authorization server gave one. `shared`: another instance had got one. `failed`: there is none. */
export type TokenOutcome = 'issued' | 'shared' | 'failed';

/** Counts what became of requests for tokens of our own. */
@Injectable()
export class TokenMetrics {
  readonly #requests: Counter;

  constructor({ meter }: Metrics) {
    this.#requests = meter.createCounter('breakwater.token.requests', {
      description: 'Tokens of client credentials that were needed, by where they came from',
    });
  }

  /** @param provider whose calls need it */
  note(provider: string, outcome: TokenOutcome): void {
    this.#requests.add(1, { 'breakwater.provider': provider, 'breakwater.outcome': outcome });
  }
}
