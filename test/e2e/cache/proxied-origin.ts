import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { CacheOutcome } from '../../../src/outbound/cache/cache-outcome.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import type { ProbeDefaults } from '../../support/probe.module.ts';
import { reverseProxy } from '../../support/reverse-proxy.module.ts';
import { startOrigin, type OriginStandIn, type Resource } from '../../upstreams/origin.stand-in.ts';

export interface ProxiedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Statuses of the interim answers before it. */
  readonly interim: readonly number[];
}

/** An origin, and the application in front of it as a reverse proxy that caches. Both go by the same clock. */
export interface ProxiedOrigin {
  readonly origin: OriginStandIn;
  readonly clock: FakeClock;
  readonly breakwater: TestApp;
  send(method: string, resource: Pick<Resource, 'path'>, headers?: OutgoingHttpHeaders): Promise<ProxiedAnswer>;
  get(resource: Pick<Resource, 'path'>, headers?: OutgoingHttpHeaders): Promise<ProxiedAnswer>;
  /** Moves time on. */
  pass(seconds: number): Promise<void>;
  /** What the cache did for the call that ended last. */
  lastOutcome(): CacheOutcome | undefined;
  close(): Promise<void>;
}

export interface ProxiedOptions extends ProbeDefaults {
  readonly clock?: FakeClock;
  readonly env?: Readonly<Record<string, string>>;
}

/** One attempt for each call, and no circuit, unless told otherwise: what is asked is what arrives. */
export const startProxiedOrigin = async (options: ProxiedOptions = {}): Promise<ProxiedOrigin> => {
  const { clock = new FakeClock(), env = {}, ...own } = options;
  const origin = await startOrigin({ wallTime: () => clock.wallTime() });
  const defaults = { baseUrl: origin.url, maxAttempts: 1, breakerMinAttempts: 1_000_000, ...own };
  const breakwater = await createApp({
    env,
    imports: [reverseProxy('origin', defaults)],
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
  const send: ProxiedOrigin['send'] = (method, { path }, headers = {}) =>
    askProxy(`${breakwater.url}/api/proxy/origin${path}`, { method, headers });
  return {
    origin,
    clock,
    breakwater,
    send,
    get: (resource, headers) => send('GET', resource, headers),
    pass: (seconds) => clock.advance(seconds * 1_000),
    lastOutcome: () => breakwater.receipts.at(-1)?.cache,
    close: async () => {
      await breakwater.close();
      await origin.close();
    },
  };
};

/** Not `fetch`: that makes conditional requests its own affair, and adds directives to them. */
export const askProxy = (
  url: string,
  { method = 'GET', headers = {} }: { readonly method?: string; readonly headers?: OutgoingHttpHeaders } = {},
): Promise<ProxiedAnswer> =>
  new Promise((resolve, reject) => {
    const interim: number[] = [];
    const outgoing = request(url, { method, headers, agent: false });
    outgoing.on('information', ({ statusCode }) => interim.push(statusCode));
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const { statusCode = 0, headers: received } = response;
      text(response).then((body) => resolve({ status: statusCode, headers: received, body, interim }), reject);
    });
    outgoing.end();
  });
