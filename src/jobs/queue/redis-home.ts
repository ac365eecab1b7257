import type { Processor } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';
import { RecordsUnavailable } from '../../platform/records/records.ts';
import { IMPATIENT } from '../../platform/redis/impatient.ts';
import type { RedisConnections } from '../../platform/redis/redis-connections.ts';
import { RedisGuard } from '../../platform/redis/redis-guard.ts';
import { heedInfo } from './heed-info.ts';
import { QueueHome, type OpenQueue, type OpenWorker } from './queue-home.ts';
import { KEY_PREFIX, QUEUE_NAME, QUEUE_OPTIONS, WORKER_OPTIONS } from './queue-options.ts';
import { createRedisBackend } from './redis-backend.ts';
import { QUEUE_PATIENCE, WORKER_PATIENCE } from './redis-patience.ts';

const CANCEL_CHANNEL = `${KEY_PREFIX}:cancel`;

/** A worker waits for Redis for as long as it takes. One that stays silent for longer than BullMQ ever blocks is given up. */
const PATIENT = { maxRetriesPerRequest: null, socketTimeout: 15_000 } as const;

interface Door {
  readonly redis: Redis;
  readonly guard: RedisGuard;
}

/** The queue in Redis: any number of processes add to it, and any number work. */
export class RedisHome extends QueueHome {
  readonly exists = true;
  #door: Promise<Door> | undefined;

  constructor(
    private readonly connections: RedisConnections,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  async openQueue(): Promise<OpenQueue> {
    const { redis } = await this.door();
    const { Queue } = await import('bullmq');
    return new Queue(QUEUE_NAME, { ...QUEUE_OPTIONS, connection: redis }, await createRedisBackend(redis));
  }

  async openWorker(process: Processor, concurrency: number): Promise<OpenWorker> {
    const redis = await this.connections.open('jobs-worker', PATIENT);
    const blocking = await this.connections.open('jobs-wait', PATIENT);
    heedInfo(blocking, this.log);
    // For what it says of the connection: nobody asks by it.
    new RedisGuard(redis, this.clock, this.log, WORKER_PATIENCE);
    const { Worker } = await import('bullmq');
    const options = { ...WORKER_OPTIONS, concurrency, connection: redis };
    const worker = new Worker(QUEUE_NAME, process, options, await createRedisBackend(redis, blocking));
    const cutOff = (): void => [redis, blocking].forEach((connection) => connection.disconnect());
    return { worker, cutOff };
  }

  async ask<T>(question: () => Promise<T>): Promise<T> {
    const { guard } = await this.door();
    const answer = await guard.ask(question);
    if (!answer) throw new RecordsUnavailable();
    return answer.value;
  }

  async announceCancel(callId: string): Promise<void> {
    const { redis } = await this.door();
    await this.ask(() => redis.publish(CANCEL_CHANNEL, callId));
  }

  async onCancel(listener: (callId: string) => void): Promise<void> {
    const redis = await this.connections.open('jobs-cancel', { maxRetriesPerRequest: null });
    redis.on('message', (_channel, callId) => listener(callId));
    // Sent when there is a connection, and again on every new one.
    void redis.subscribe(CANCEL_CHANNEL).catch(() => undefined);
  }

  private door(): Promise<Door> {
    return (this.#door ??= this.openDoor());
  }

  private async openDoor(): Promise<Door> {
    const redis = await this.connections.open('jobs', IMPATIENT);
    return { redis, guard: new RedisGuard(redis, this.clock, this.log, QUEUE_PATIENCE) };
  }
}
