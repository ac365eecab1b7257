import type { Redis } from 'ioredis';
import type { Clock } from '../platform/clock.ts';
import { outsideContext } from '../platform/context/request-context.ts';
import type { Log } from '../platform/logging/log.ts';
import { IMPATIENT } from '../platform/redis/impatient.ts';
import type { RedisConnections } from '../platform/redis/redis-connections.ts';
import { RedisGuard } from '../platform/redis/redis-guard.ts';
import { Arrivals } from './arrivals.ts';
import type { Channel } from './channel.ts';
import type { Listening } from './event-hub.ts';
import { EventLog, MAX_EVENTS } from './event-log.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';
import { toFields, toStreamKey } from './stream-entries.ts';
import { StreamReader } from './stream-reader.ts';
import { toHubEvent } from './to-hub-event.ts';
import { TopicHub } from './topic-hub.ts';
import type { SoundEvent } from './to-sound-event.ts';

/** What may wait for an answer of Redis; an event may have 32 KiB. */
const MAX_IN_FLIGHT = 1_000;

interface Publisher {
  readonly redis: Redis;
  readonly guard: RedisGuard;
}

/** For several instances: a stream of Redis or Valkey for each topic, whose ids are those of the events. */
export class RedisHub extends TopicHub {
  readonly #arrivals: Arrivals;
  /** Publishing needs one that is not blocked. */
  #publisher: Promise<Publisher> | undefined;
  #reader: StreamReader | undefined;
  /** Resolves when the reader has found out where the streams stand. */
  #standing = Promise.withResolvers<void>();
  #isReading = false;
  #isClosed = false;
  #inFlight = 0;
  #isOverflowing = false;

  constructor(
    private readonly connections: RedisConnections,
    private readonly clock: Clock,
    log: Log,
  ) {
    super(log);
    this.#arrivals = new Arrivals(clock, (channel) => this.#reader?.follows(channel) ?? false);
  }

  /** Its reader would have to be waited for. */
  beforeApplicationShutdown(): void {
    this.#isClosed = true;
    this.#reader?.close();
  }

  protected createLog(): EventLog {
    // Until its stream is read, nothing is known of a topic.
    return new EventLog('');
  }

  protected enter(channel: Channel, listening: Listening): () => void {
    if (!this.#isReading) void outsideContext(() => this.startReading());
    return this.#arrivals.enter(channel, listening);
  }

  protected async send({ topic: { name } }: Channel, sound: SoundEvent): Promise<void> {
    if (this.#inFlight >= MAX_IN_FLIGHT) return this.overflow();
    this.#inFlight += 1;
    const tell = (id: string | null): void => this.tellPublished(toHubEvent(name, id!, sound));
    try {
      const { redis, guard } = await (this.#publisher ??= outsideContext(() => this.openPublisher()));
      const answer = await guard.ask(() => this.add(redis, name, sound), tell);
      if (answer) tell(answer.value);
    } catch (error) {
      this.log.error({ topic: name, error }, 'An event was dropped');
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#isOverflowing = false;
    }
  }

  private overflow(): void {
    if (this.#isOverflowing) return;
    this.#isOverflowing = true;
    this.log.warn({ inFlight: MAX_IN_FLIGHT }, 'Events are published faster than Redis takes them: some are dropped');
  }

  /** Who began to listen before hears of it, even when nobody listened until then. */
  private async add(redis: Redis, topic: string, sound: SoundEvent): Promise<string | null> {
    if (this.#isReading) await this.#standing.promise;
    return redis.xadd(toStreamKey(topic), 'MAXLEN', '~', MAX_EVENTS, '*', ...toFields(sound));
  }

  private async openPublisher(): Promise<Publisher> {
    const redis = await this.connections.open('events', IMPATIENT);
    return { redis, guard: new RedisGuard(redis, this.clock, this.log, REDIS_PATIENCE) };
  }

  private async startReading(): Promise<void> {
    this.#isReading = true;
    const redis = await this.connections.open('events-reader', IMPATIENT);
    const onRead = (): void => {
      this.#standing.resolve();
      this.#arrivals.admitAll();
    };
    const parts = { redis, clock: this.clock, log: this.log, channels: () => this.topics.each(), onRead };
    this.#reader = new StreamReader(parts);
    if (this.#isClosed) this.#reader.close();
    await this.#reader.run();
  }
}
