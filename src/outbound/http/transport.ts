import { Pool } from 'undici';
import type { Clock } from '../../platform/clock.ts';
import { guardedConnector } from '../egress/guarded-connector.ts';
import { reachOf, type Network } from '../egress/reach.ts';
import { SystemResolver, type Resolver } from '../egress/resolver.ts';
import { callError } from '../errors/call-error.ts';
import type { Call, Send } from './call.ts';
import { ReplyCollector } from './reply-collector.ts';

export interface TransportOptions {
  readonly connectTimeoutMs: number;
  readonly keepAliveMs: number;
  /** Default public. */
  readonly network?: Network;
}

export interface TransportParts {
  /**
   * Where it may go, such as `https://api.example.com`. From the code or the environment only, never from an answer: each
   * may name a private address of its own.
   */
  readonly origins: readonly string[];
  readonly options: TransportOptions;
  readonly clock: Clock;
  /** Default: the system's. */
  readonly resolver?: Resolver | undefined;
}

/** The way out: keep-alive connections to the declared origins, each checked against the egress policy when it is made. */
export interface Transport {
  readonly send: Send;
  /** Ends all connections, busy ones included. */
  close(): Promise<void>;
}

/** Certificates are always verified. Time limits are ours, not undici's: its body timeout is only an idle timer. */
export const createTransport = (parts: TransportParts): Transport => {
  const pools = new Map<string, Pool | undefined>(parts.origins.map((origin) => [new URL(origin).origin, undefined]));
  let isClosed = false;
  const poolOf = (origin: string): Pool | undefined => {
    const known = pools.get(origin);
    if (known || isClosed || !pools.has(origin)) return known;
    const pool = openPool(origin, parts);
    pools.set(origin, pool);
    return pool;
  };
  return {
    send: (call) => {
      const pool = poolOf(call.origin);
      return pool ? sendThrough(pool, call, parts.clock) : refuse(call, isClosed);
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...pools.values()].map((pool) => pool?.destroy() ?? Promise.resolve()));
    },
  };
};

const openPool = (origin: string, { options, resolver = new SystemResolver() }: TransportParts): Pool => {
  const { connectTimeoutMs, keepAliveMs, network = 'public' } = options;
  const reach = reachOf(new URL(origin).hostname, network);
  return new Pool(origin, {
    connect: guardedConnector({ connectTimeoutMs, resolver, reach }),
    keepAliveTimeout: keepAliveMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
  });
};

const sendThrough = (pool: Pool, call: Call, clock: Clock): ReturnType<Send> =>
  new Promise((resolve, reject) => dispatch(pool, call, new ReplyCollector(call, clock, resolve, reject)));

const dispatch = (pool: Pool, { path, method, headers, body, signal }: Call, collector: ReplyCollector): void => {
  if (signal.aborted) return collector.abort();
  signal.addEventListener('abort', collector.abort);
  pool.dispatch({ path, method, headers, body: body }, collector);
};

const refuse = (call: Call, isClosed: boolean): ReturnType<Send> => {
  const reason = isClosed ? 'the transport is closed' : 'not an origin of this provider';
  return Promise.reject(callError(call, { code: 'upstream_unreachable', reason, sent: false, transient: isClosed }));
};
