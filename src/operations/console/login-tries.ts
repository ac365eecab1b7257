import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RateLimit } from '../../inbound/rate-limit/rate-limit.ts';
import { RateLimits } from '../../inbound/rate-limit/rate-limits.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { Secret } from '../../platform/secret.ts';

/** Of one address; and of all together, so that many addresses are no way round. */
const EACH = '5/60';
const ALL = '100/60';

/** Counted as one, whoever they are. */
const EVERYBODY: Caller = {
  issuer: 'breakwater',
  subject: 'everybody who logs in at the console',
  audience: [],
  scopes: [],
  expiresAt: Infinity,
  token: new Secret(''),
};

/** How often somebody may try to log in. */
@Injectable()
export class LoginTries {
  #limits: Promise<readonly [RateLimit, RateLimit]> | undefined;

  constructor(private readonly limits: RateLimits) {}

  /** Counts a try, right or wrong. @throws TooManyRequests */
  async count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [each, all] = await (this.#limits ??= this.open());
    // In this order: who is over the limit uses nothing up of what is for all.
    await each.admit(request, reply);
    await all.admit(request, reply, EVERYBODY);
  }

  private open(): Promise<[RateLimit, RateLimit]> {
    return Promise.all([this.limits.open('console-login', EACH), this.limits.open('console-logins', ALL)]);
  }
}
