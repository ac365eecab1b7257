import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RateLimit } from '../../inbound/rate-limit/rate-limit.ts';
import { RateLimits } from '../../inbound/rate-limit/rate-limits.ts';

/** Of one address. Who knows the token can present it as a bearer token all the same, so nobody can lock operators out. */
const LIMIT = '10/60';

/** How often somebody may try to log in. */
@Injectable()
export class LoginTries {
  #limit: Promise<RateLimit> | undefined;

  constructor(private readonly limits: RateLimits) {}

  /** Counts a try, right or wrong. @throws TooManyRequests */
  async count(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const limit = await (this.#limit ??= this.limits.open('console-login', LIMIT));
    await limit.admit(request, reply);
  }
}
