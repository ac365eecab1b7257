import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Clock } from '../clock.ts';
import { redisConfig, type RedisOptions } from './redis.config.ts';
import { toConnectionOptions, type ConnectionOptions } from './to-connection-options.ts';

/** How long a connection may take to say goodbye. */
const GOODBYE_MS = 500;

/** Hands out connections to Redis, one for each purpose, and closes them when the application stops. */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  readonly #open = new Set<Redis>();

  constructor(
    @Inject(redisConfig.KEY) private readonly options: RedisOptions,
    private readonly clock: Clock,
  ) {}

  /** Whether there is a Redis to connect to. */
  get isConfigured(): boolean {
    return this.options.url !== undefined;
  }

  /**
   * A connection that is made in the background and again whenever it is lost: whoever uses it finds out whether it is
   * there. Its errors are for the user to listen to; nobody needs to.
   * @throws Error without REDIS_URL
   */
  async open(purpose: string, more: ConnectionOptions = {}): Promise<Redis> {
    if (!this.options.url) throw new Error(`There is no Redis for ${purpose}: set REDIS_URL`);
    // Loaded when needed: without Redis nobody has to carry its 20 MB.
    const { Redis } = await import('ioredis');
    const redis = new Redis({ ...toConnectionOptions(this.options.url, purpose), ...more });
    // Without any listener the library would print them.
    redis.on('error', () => undefined);
    this.#open.add(redis);
    redis.once('end', () => this.#open.delete(redis));
    return redis;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#open].map((redis) => this.close(redis)));
  }

  /** What was sent is answered first, if that does not take long. */
  private async close(redis: Redis): Promise<void> {
    if (redis.status === 'ready') {
      await new Promise<void>((resolve) => {
        const cancel = this.clock.schedule(resolve, GOODBYE_MS);
        const done = (): void => (cancel(), resolve());
        redis.quit().then(done, done);
      });
    }
    redis.disconnect();
  }
}
