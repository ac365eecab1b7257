import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
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

/** A few MB. */
const MAX_BARRED = 10_000;

interface Limit extends RatePolicy {
  readonly limiter: RateLimiter;
}

/** Holds every caller to one policy, such as that of `RATE_LIMIT`. */
export class RateLimit {
  /** Addresses that are over their limit, and until when; undefined while there was none. */
  #barred: LRUCache<string, number> | undefined;

  constructor(
    private readonly limit: Limit | undefined,
    private readonly clock: Clock,
  ) {}

  /** False when nothing is counted. */
  get isOn(): boolean {
    return this.limit !== undefined;
  }

  /** Whether where a request comes from was over its limit a moment ago, as far as this instance knows. */
  isBarred(request: FastifyRequest): boolean {
    if (this.#barred === undefined) return false;
    return (this.#barred.get(toRateKey(request)) ?? 0) > this.clock.now();
  }

  /**
   * Counts a request, and says on its answer how the caller stands, beside what other policies say.
   * @throws TooManyRequests
   */
  async admit(request: FastifyRequest, reply: FastifyReply, caller?: Caller): Promise<void> {
    const { headers, isOver, resetMs } = await this.count(request, caller);
    addMember(reply, 'ratelimit-policy', headers['ratelimit-policy']);
    addMember(reply, 'ratelimit', headers.ratelimit);
    if (isOver) throw new TooManyRequests(resetMs);
  }

  /** Counts a request of `caller`, or of an address. Only while it is on; never fails. */
  async count(request: FastifyRequest, caller?: Caller): Promise<Counted> {
    const { name, requests, seconds, limiter } = this.limit!;
    const key = toRateKey(request, caller);
    const { used, resetMs } = await limiter.count(key);
    if (used > requests && caller === undefined) this.bar(key, resetMs);
    const remaining = Math.max(0, requests - used);
    return {
      isOver: used > requests,
      resetMs,
      headers: {
        'ratelimit-policy': `"${name}";q=${requests};w=${seconds}`,
        ratelimit: `"${name}";r=${remaining};t=${Math.ceil(resetMs / 1_000)}`,
      },
    };
  }

  private bar(key: string, forMs: number): void {
    this.#barred ??= new LRUCache({ max: MAX_BARRED });
    this.#barred.set(key, this.clock.now() + forMs);
  }
}

/** Both headers are lists (RFC 9651 §3.1). */
const addMember = (reply: FastifyReply, name: string, member: string): void => {
  const others = reply.getHeader(name);
  reply.header(name, typeof others === 'string' ? `${others}, ${member}` : member);
};
