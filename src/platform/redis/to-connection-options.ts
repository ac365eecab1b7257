import type { RedisOptions } from 'ioredis';
import type { Secret } from '../secret.ts';

/** Replies have one shape, whatever protocol the server speaks. */
export type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

const DEFAULT_PORT = 6379;
const LONGEST_RECONNECT_DELAY_MS = 2_000;

/** Server, credentials and patience of a connection. Certificates are verified, as Node does by default. */
export const toConnectionOptions = (secretUrl: Secret, purpose: string): ConnectionOptions => {
  const url = new URL(secretUrl.reveal());
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    username: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || undefined,
    db: Number(url.pathname.slice(1)),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    connectionName: `breakwater:${purpose}`,
    connectTimeout: 2_000,
    // How long the other end may take to close, too.
    disconnectTimeout: 250,
    retryStrategy: (attempt) => Math.min(50 * attempt, LONGEST_RECONNECT_DELAY_MS),
    // What was the primary until a failover only reads now: whom the name stands for is to be found out anew.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  };
};
