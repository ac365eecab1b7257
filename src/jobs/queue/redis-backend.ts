import type { BackendFactory } from 'bullmq';
import type { Redis } from 'ioredis';

/**
 * BullMQ on connections that we made and close. Without `blocking` it only adds. What kind of Redis it is only the blocking
 * connection is asked: what else fails because of a question at a bad moment would stay broken.
 */
export const createRedisBackend = async (redis: Redis, blocking?: Redis): Promise<BackendFactory> => {
  const { QueueKeys, RedisConnection, RedisQueueBackend } = await import('bullmq');
  return (name, options) => {
    const keys = new QueueKeys((options as { prefix?: string }).prefix);
    const connection = new RedisConnection(redis, { shared: true, blocking: false, skipVersionCheck: true });
    const second = blocking && new RedisConnection(blocking, { shared: true });
    const toKey = (type: string): string => keys.toKey(name, type);
    return new RedisQueueBackend(connection, name, keys.getKeys(name), toKey, options, second);
  };
};
