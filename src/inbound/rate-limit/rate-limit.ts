import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/context/caller.ts';
import { TooManyRequests } from '../problems/too-many-requests.ts';
import { toRateKey } from './rate-key.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RatePolicy } from './rate-policy.ts';

export interface Counted {
  readonly isOver: boolean;
  readonly resetMs: number;
  /** For the answer (draft-ietf-httpapi-ratelimit-headers-10). */
  readonly headers: { readonly 'ratelimit-policy': string; readonly ratelimit: string };
}

interface Limit extends RatePolicy {
  readonly limiter: RateLimiter;
}

/** Holds every caller to `RATE_LIMIT`. */
export class RateLimit {
  constructor(private readonly limit: Limit | undefined) {}

  /** False when nothing is counted. */
  get isOn(): boolean {
    return this.limit !== undefined;
  }

  /** Counts a request, and says on its answer how the caller stands. @throws TooManyRequests */
  async admit(request: FastifyRequest, reply: FastifyReply, caller?: Caller): Promise<void> {
    const { headers, isOver, resetMs } = await this.count(request, caller);
    reply.headers(headers);
    if (isOver) throw new TooManyRequests(resetMs);
  }

  /** Counts a request of `caller`, or of an address. Only while it is on; never fails. */
  async count(request: FastifyRequest, caller?: Caller): Promise<Counted> {
    const { requests, seconds, limiter } = this.limit!;
    const { used, resetMs } = await limiter.count(toRateKey(request, caller));
    const remaining = Math.max(0, requests - used);
    return {
      isOver: used > requests,
      resetMs,
      headers: {
        'ratelimit-policy': `"default";q=${requests};w=${seconds}`,
        ratelimit: `"default";r=${remaining};t=${Math.ceil(resetMs / 1_000)}`,
      },
    };
  }
}
