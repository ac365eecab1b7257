import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import { IMPATIENT } from '../../platform/redis/impatient.ts';
import { RedisConnections } from '../../platform/redis/redis-connections.ts';
import { RedisGuard } from '../../platform/redis/redis-guard.ts';
import { createRateLimiter, type Counters } from './create-rate-limiter.ts';
import { RateLimit } from './rate-limit.ts';
import { toRatePolicy } from './rate-policy.ts';
import { createRateWindows } from './rate-windows.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';

/** Makes limits by any policies, which count in one place: one memory, one connection to Redis. */
@Injectable()
export class RateLimits {
  #counters: Promise<Counters> | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly connections: RedisConnections,
  ) {}

  /**
   * A limit that counts for itself, and goes on where another of the same name and text is, or was within its window.
   * There is nothing to close: it holds no memory of counters, no timer and no connection of its own.
   * @param name told to callers, and the same for all instances; lower-case letters, digits, dashes and dots
   * @param text `requests/seconds`, as RATE_LIMIT has it; without it nothing is counted
   */
  async open(name: string, text: string | undefined): Promise<RateLimit> {
    if (text === undefined) return new RateLimit(undefined, this.clock);
    const policy = toRatePolicy(name, text);
    const limiter = await createRateLimiter(policy, await (this.#counters ??= this.connect()));
    return new RateLimit({ ...policy, limiter }, this.clock);
  }

  private async connect(): Promise<Counters> {
    const { clock, log, connections } = this;
    const windows = createRateWindows();
    if (!connections.isConfigured) return { clock, windows, shared: undefined };
    const connection = await connections.open('rate-limit', IMPATIENT);
    return { clock, windows, shared: { connection, guard: new RedisGuard(connection, clock, log, REDIS_PATIENCE) } };
  }
}
