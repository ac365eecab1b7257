import Fastify, { type FastifyInstance } from 'fastify';
import { AggregateRoute } from '../../src/gateway/aggregation/aggregate-route.ts';
import { Aggregator } from '../../src/gateway/aggregation/aggregator.ts';
import { refuse } from '../../src/gateway/passing/refuse.ts';
import type {
  PartOptions,
  RequestOptions,
  ResponseOptions,
  RouteOptions,
} from '../../src/gateway/routes/route-options.ts';
import { Target } from '../../src/gateway/targets/target.ts';
import { addCaching } from '../../src/inbound/caching/caching.hook.ts';
import { addCompression } from '../../src/inbound/compression.ts';
import { addDeadline } from '../../src/inbound/deadline.hook.ts';
import { addRequestContext, contextOf } from '../../src/inbound/request-context.hook.ts';
import { addStandingHeaders } from '../../src/inbound/standing-headers.ts';
import type { ProviderOptions } from '../../src/outbound/provider-options.ts';
import type { Caller } from '../../src/platform/context/caller.ts';
import { SystemClock, type Clock } from '../../src/platform/clock.ts';
import { ServerOptions } from '../../src/platform/server.config.ts';
import { buildProvider } from './build-provider.ts';
import { captureLog } from './captured-log.ts';

export interface PartSetup extends Partial<Omit<PartOptions, 'key'>> {
  /** Of its upstream. */
  readonly url: string;
  /** Of its provider; by default it asks once. */
  readonly options?: Partial<ProviderOptions>;
}

export interface RouteSetup extends Partial<Omit<RouteOptions, 'request' | 'response'>> {
  readonly request?: Partial<RequestOptions>;
  readonly response?: Partial<ResponseOptions>;
}

export interface AggregateSetup {
  readonly parts: Readonly<Record<string, PartSetup>>;
  readonly route?: RouteSetup;
  /** Who asks; by default nobody is known. */
  readonly caller?: Caller;
  /** Of the aggregator alone. */
  readonly clock?: Clock;
  /** `name` in the paths of the parts. */
  readonly name?: string;
}

export interface AggregateServer {
  /** Answers any path. */
  readonly url: string;
  readonly route: AggregateRoute;
  /** Targets that were closed after they had been retired, by key. */
  readonly closed: string[];
  readonly logLines: string[];
  close(): Promise<void>;
}

const PROVIDER = { kind: 'provider', provider: 'fixture' } as const;
const NO_RULES = { set: {}, add: {}, remove: [] };

const ROUTE: RouteOptions = {
  name: 'both',
  public: true,
  scopes: [],
  match: { path: '/{name}', methods: ['GET'], headers: {} },
  rewriting: { allowEncodedSlashes: false },
  request: { headers: NO_RULES, maxBytes: 0, forward: [], host: 'upstream' },
  response: { headers: NO_RULES, maxBytes: Infinity, cookies: 'drop', location: 'rewrite' },
  timeouts: { connectMs: 1_000, idleMs: 1_000, tunnelIdleMs: 1_000 },
  retries: { idempotencyKey: false },
  cache: 'off',
  maxConcurrent: 1_024,
  upgrades: [],
};

/** One aggregate route behind the hooks that its answers pass, with a provider named `fixture` for each part. */
export const startAggregate = async ({
  parts,
  route: own,
  caller,
  clock = new SystemClock(),
  name = 'ditto',
}: AggregateSetup): Promise<AggregateServer> => {
  const { log, lines: logLines } = captureLog();
  const closed: string[] = [];
  const built = Object.entries(parts).map(([key, setup]) => buildPart(key, setup, closed));
  const options = { ...toRouteOptions(own), aggregate: { parts: built.map((part) => part.options) } };
  const route = new AggregateRoute(options, built, undefined);
  const aggregator = new Aggregator(clock, new ServerOptions());
  const server = await createServer();
  server.all('/gateway/*', (request, reply) => {
    contextOf(request).caller = caller;
    aggregator
      .answer(route, { values: { name }, query: request.url.split(/\?(.*)/s)[1] ?? '' }, request, reply)
      .catch((thrown: unknown) => refuse(request, reply, { thrown, log, clock }));
  });
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  const close = async (): Promise<void> => {
    await server.close();
    await Promise.all(built.map(({ target }) => target.provider.close()));
  };
  return { url: `${origin}/gateway/both/${name}`, route, closed, logLines, close };
};

const toRouteOptions = ({ request, response, ...own }: RouteSetup = {}): RouteOptions => ({
  ...ROUTE,
  ...own,
  request: { ...ROUTE.request, ...request },
  response: { ...ROUTE.response, ...response },
});

const buildPart = (key: string, { url, options, ...own }: PartSetup, closed: string[]) => {
  const { provider } = buildProvider({ baseUrl: url, maxAttempts: 1, ...options });
  const target = new Target(provider, () => void closed.push(key));
  const part = { path: '/', required: true, target: PROVIDER, ...own, key };
  return { options: part, target };
};

const createServer = async (): Promise<FastifyInstance> => {
  const server = Fastify({ forceCloseConnections: true });
  addRequestContext(server, { clock: new SystemClock(), requestTimeoutMs: 60_000 });
  addStandingHeaders(server);
  addDeadline(server, new SystemClock());
  addCaching(server);
  await addCompression(server);
  return server;
};
