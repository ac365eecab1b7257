import { Pool, type buildConnector } from 'undici';
import { guardedConnector } from '../egress/guarded-connector.ts';
import type { Reach } from '../egress/reach.ts';
import type { Resolver } from '../egress/resolver.ts';

export interface ServerConnectionsParts {
  readonly origin: string;
  readonly reach: Reach;
  readonly resolver: Resolver;
  readonly connectTimeoutMs: number;
  readonly keepAliveMs: number;
  /** Speak HTTP/2 where the server offers it. */
  readonly http2: boolean;
}

/** Connections by whether something is under way on them. */
export interface ConnectionCounts {
  readonly active: number;
  readonly idle: number;
}

/**
 * Keep-alive connections to one server, certificates always verified. Time limits are ours, not undici's: its body timeout
 * is only an idle timer.
 */
export class ServerConnections {
  readonly origin: string;
  /** What certificates have to be for, whatever `Host` a call names. */
  readonly servername: string;
  readonly pool: Pool;
  /** Speaks HTTP/1.1 only: upgrades, and what undici cannot say, need it. */
  readonly connect: buildConnector.connector;
  readonly #parts: ServerConnectionsParts;
  #http1: Pool | undefined;

  constructor(parts: ServerConnectionsParts) {
    this.#parts = parts;
    this.origin = parts.origin;
    this.servername = new URL(parts.origin).hostname.replace(/^\[|\]$/g, '');
    this.connect = guardedConnector({ ...parts, http2: false });
    this.pool = this.open(parts.http2);
  }

  get http1(): Pool {
    return this.#parts.http2 ? (this.#http1 ??= this.open(false)) : this.pool;
  }

  /** Those that are open now. */
  get counts(): ConnectionCounts {
    let [active, idle] = [0, 0];
    for (const pool of new Set([this.pool, this.#http1 ?? this.pool])) {
      const { connected, running } = pool.stats;
      // Of HTTP/2, many requests run on one.
      const busy = Math.min(connected, running);
      active += busy;
      idle += connected - busy;
    }
    return { active, idle };
  }

  /** What is under way comes to its end; nothing new is begun. */
  async retire(): Promise<void> {
    await Promise.all([this.pool.close(), this.#http1?.close()]);
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await Promise.all([this.pool.destroy(), this.#http1?.destroy()]);
  }

  private open(http2: boolean): Pool {
    const { origin, keepAliveMs } = this.#parts;
    return new Pool(origin, {
      connect: http2 ? guardedConnector(this.#parts) : this.connect,
      keepAliveTimeout: keepAliveMs,
      headersTimeout: 0,
      bodyTimeout: 0,
      allowH2: http2,
    });
  }
}
