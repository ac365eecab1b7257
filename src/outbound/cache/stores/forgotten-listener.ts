import type { Redis } from 'ioredis';
import type { Cancel, Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/logging/log.ts';
import { readMessage, type Forgotten } from './forgotten.ts';
import { CHANNEL } from './redis-names.ts';

/** A connection that carries nothing for that long is tried out, so that a dead one is noticed. */
const HEARTBEAT_MS = 5_000;

export interface ForgottenListenerParts {
  /** A connection of its own. */
  readonly redis: Redis;
  readonly clock: Clock;
  readonly log: Log;
  /** Whose own messages are of no interest. */
  readonly instance: string;
  readonly onForgotten: (forgotten: Forgotten) => void;
  /** Messages may have been missed. */
  readonly onGap: () => void;
}

/** Hears what other instances have forgotten. @returns how to stop */
export const listenForForgotten = (parts: ForgottenListenerParts): Cancel => {
  const { redis, clock, instance, onForgotten, onGap } = parts;
  const subscription = new Subscription(parts);
  redis.on('message', (_channel: string, text: string) => {
    const message = readMessage(text);
    if (!message) onGap();
    else if (message.from !== instance) onForgotten(message);
  });
  let cancel: Cancel;
  const beat = (): void => {
    subscription.check();
    cancel = clock.schedule(beat, HEARTBEAT_MS);
  };
  beat();
  return () => cancel();
};

class Subscription {
  #isMade = false;
  #isRefused = false;

  constructor(private readonly parts: ForgottenListenerParts) {
    parts.redis.on('ready', () => void this.make());
    parts.redis.on('close', () => (this.#isMade = false));
  }

  /** A connection that is dead without having said so is given up by itself when the ping is not answered. */
  check(): void {
    const { redis } = this.parts;
    if (redis.status !== 'ready') return;
    if (this.#isMade) redis.ping().catch(() => undefined);
    else void this.make();
  }

  private async make(): Promise<void> {
    const { redis, log, onGap } = this.parts;
    try {
      await redis.subscribe(CHANNEL);
      this.#isMade = true;
      onGap();
      log.debug({}, 'Listening to what other instances forget');
    } catch (error) {
      // A connection that was lost is subscribed when it is back.
      if (redis.status === 'ready') this.warn(error as Error);
    }
  }

  private warn({ message: reason }: Error): void {
    if (this.#isRefused) return;
    this.#isRefused = true;
    const remedy = `allow the channel ${CHANNEL} to the user of REDIS_URL`;
    this.parts.log.warn({ reason, remedy }, 'Redis refuses a subscription: what other instances forget is not heard');
  }
}
