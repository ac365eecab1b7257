import type { Clock } from '../../platform/clock.ts';
import { reachOf, type Network } from '../egress/reach.ts';
import { FixedResolver, SystemResolver, type Resolver } from '../egress/resolver.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { callError } from '../errors/call-error.ts';
import type { Call, Send } from './call.ts';
import { needsNode, sendThroughNode } from './node-exchange.ts';
import { ReplyCollector } from './reply-collector.ts';
import { ServerConnections, type ConnectionCounts } from './server-connections.ts';
import { StreamedReply } from './streamed-reply.ts';

export interface TransportOptions {
  readonly connectTimeoutMs: number;
  readonly keepAliveMs: number;
  /** Default public. */
  readonly network?: Network;
  /** Default off. */
  readonly http2?: 'on' | 'off';
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
  /** No more to this server: what is under way comes to its end. */
  forget(endpoint: Endpoint): void;
  /** Those that are open now, those to servers that are forgotten included. */
  connections(): ConnectionCounts;
  /** Ends all connections, busy ones included. */
  close(): Promise<void>;
}

export const createTransport = (parts: TransportParts): Transport => {
  const origins = new Map<string, ServerConnections | undefined>(
    parts.origins.map((origin) => [new URL(origin).origin, undefined]),
  );
  /** Of servers that were found, by their id: as many as there are. */
  const endpoints = new Map<string, ServerConnections>();
  const retiring = new Set<ServerConnections>();
  let isClosed = false;
  const toOrigin = (origin: string): ServerConnections | undefined => {
    const known = origins.get(origin);
    if (known || isClosed || !origins.has(origin)) return known;
    const server = connectTo({ origin }, parts);
    origins.set(origin, server);
    return server;
  };
  const toEndpoint = (endpoint: Endpoint): ServerConnections | undefined => {
    const known = endpoints.get(endpoint.id);
    if (known || isClosed) return known;
    const server = connectTo(endpoint, parts);
    endpoints.set(endpoint.id, server);
    return server;
  };
  const all = (): ServerConnections[] =>
    [...origins.values(), ...endpoints.values(), ...retiring].filter((server) => server !== undefined);
  return {
    send: (call) => {
      const server = call.endpoint ? toEndpoint(call.endpoint) : toOrigin(call.origin);
      return server ? sendTo(server, call, parts.clock) : refuse(call, isClosed);
    },
    forget: ({ id }) => {
      const server = endpoints.get(id);
      // What is closed has ended already, and cannot be retired.
      if (server === undefined || isClosed) return;
      endpoints.delete(id);
      retiring.add(server);
      void server.retire().finally(() => retiring.delete(server));
    },
    connections: () => countConnections(all()),
    close: async () => {
      isClosed = true;
      await Promise.all(all().map((server) => server.close()));
    },
  };
};

const countConnections = (servers: readonly ServerConnections[]): ConnectionCounts =>
  servers.reduce((sum, { counts }) => ({ active: sum.active + counts.active, idle: sum.idle + counts.idle }), {
    active: 0,
    idle: 0,
  });

const connectTo = (
  { origin, address }: Pick<Endpoint, 'origin' | 'address'>,
  { options, resolver = new SystemResolver() }: TransportParts,
): ServerConnections => {
  const { connectTimeoutMs, keepAliveMs, network = 'public', http2 } = options;
  const found = address === undefined ? undefined : new FixedResolver(address);
  return new ServerConnections({
    origin,
    connectTimeoutMs,
    keepAliveMs,
    http2: http2 === 'on',
    resolver: found ?? resolver,
    reach: found ? (candidate) => candidate === address : reachOf(new URL(origin).hostname, network),
  });
};

const sendTo = (server: ServerConnections, call: Call, clock: Clock): ReturnType<Send> => {
  if (call.streams && needsNode(call)) return sendThroughNode(call, server, clock);
  return new Promise((resolve, reject) => {
    const Handler = call.streams ? StreamedReply : ReplyCollector;
    dispatch(server, call, new Handler(call, clock, resolve, reject));
  });
};

const dispatch = (server: ServerConnections, call: Call, handler: ReplyCollector | StreamedReply): void => {
  const { path, method, headers, body, signal, upgrade } = call;
  const { servername } = server;
  if (signal.aborted) return handler.abort();
  signal.addEventListener('abort', handler.abort);
  const asked = { path, method, headers, servername };
  if (upgrade !== undefined) server.http1.dispatch({ ...asked, body: null, upgrade }, handler);
  // Node's HTTP/2 never comes back from a stream that is given up while its body is being sent: bodies go by HTTP/1.1.
  else (body === null ? server.pool : server.http1).dispatch({ ...asked, body }, handler);
};

const refuse = (call: Call, isClosed: boolean): ReturnType<Send> => {
  const reason = isClosed ? 'the transport is closed' : 'not an origin of this provider';
  return Promise.reject(callError(call, { code: 'upstream_unreachable', reason, sent: false, transient: isClosed }));
};
