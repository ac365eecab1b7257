import { Pool } from 'undici';
import type { Clock } from '../../platform/clock.ts';
import type { Call, Send } from './call.ts';
import { ReplyCollector } from './reply-collector.ts';

export interface TransportOptions {
  readonly connectTimeoutMs: number;
  readonly keepAliveMs: number;
}

/** The way out: keep-alive connections to one origin. */
export interface Transport {
  readonly send: Send;
  /** Ends all connections, busy ones included. */
  close(): Promise<void>;
}

/** Certificates are always verified. Time limits are ours, not undici's: its body timeout is only an idle timer. */
export const createTransport = (
  origin: string,
  { connectTimeoutMs, keepAliveMs }: TransportOptions,
  clock: Clock,
): Transport => {
  const pool = new Pool(origin, {
    connect: { timeout: connectTimeoutMs },
    keepAliveTimeout: keepAliveMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
  });
  return {
    send: (call) =>
      new Promise((resolve, reject) => dispatch(pool, call, new ReplyCollector(call, clock, resolve, reject))),
    close: () => pool.destroy(),
  };
};

const dispatch = (pool: Pool, { path, method, headers, body, signal }: Call, collector: ReplyCollector): void => {
  if (signal.aborted) return collector.abort();
  signal.addEventListener('abort', collector.abort);
  pool.dispatch({ path, method, headers, body: body }, collector);
};
