import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallReceipt } from '../../src/outbound/index.ts';
import { ask, jsonOf, problemOf } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { eventually } from '../support/eventually.ts';
import { probe } from '../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';
import { FAULT_NAMES } from '../upstreams/faults/all-faults.ts';
import { zipBombBytes } from '../upstreams/faults/zip-bomb-bytes.ts';
import { listenLocally } from '../upstreams/stand-in.ts';
import { EXPECTED } from './faults/expected-answers.ts';

const DEADLINE_MS = 900;

/** What hangs without a deadline hangs for good. */
const SCHEDULING_SLACK_MS = 3_000;
const PATIENCE = {
  attemptTimeoutMs: 200,
  callDeadlineMs: DEADLINE_MS,
  backoffBaseMs: 5,
  throttledBackoffBaseMs: 5,
  maxResponseBytes: 1_048_576,
  // So that a connection left open stays open for longer than any wait below.
  keepAliveMs: 60_000,
};

const faultOf = (path: string): string => path.split(/[/?]/)[1]!;
const providerOf = (path: string): string => `upstream-${path.replaceAll(/[^a-z\d]+/g, '-').replaceAll(/^-|-$/g, '')}`;

const upstreams = new Map<string, FaultServer>();
let breakwater: TestApp;

const baseUrlOf = (path: string, { url, refusedUrl, tlsUrl }: FaultServer): string =>
  ({ refused: refusedUrl, tls: tlsUrl })[faultOf(path)] ?? url;

const receiptsOf = (path: string): CallReceipt[] =>
  breakwater.receipts.filter(({ provider }) => provider === providerOf(path));

beforeAll(async () => {
  // Made once and slowly: not while a call waits for it.
  await zipBombBytes();
  for (const { path } of EXPECTED) upstreams.set(path, await startFaultServer());
  const imports = [...upstreams].map(([path, server]) =>
    probe(providerOf(path), { ...PATIENCE, baseUrl: baseUrlOf(path, server) }),
  );
  breakwater = await createApp({ imports });
});
afterAll(() => Promise.all([...upstreams.values()].map((server) => server.close())));

// An unhandled rejection or uncaught exception during any of these fails it: jest listens for both.
describe.each(EXPECTED)('an upstream with the fault $path', ({ path, status, code, attempts, retryAfterS }) => {
  const upstream = (): FaultServer => upstreams.get(path)!;
  const url = (target: string): string => `${breakwater.url}/api/v1/probe/${providerOf(path)}${target}`;
  const isReachable = !['refused', 'tls'].includes(faultOf(path));

  it(`is answered with ${status} ${code ?? ''} in time`, async () => {
    const answer = await ask(url(path));
    expect(answer.status).toBe(status);
    expect(answer.durationMs).toBeLessThan(DEADLINE_MS + SCHEDULING_SLACK_MS);
    if (code === undefined) return;
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(problemOf(answer)).toMatchObject({ code, status, provider: providerOf(path), type: `/problems/${code}` });
    expect(answer.headers.get('retry-after')).toEqual(retryAfterS ? expect.stringMatching(retryAfterS) : null);
  });

  it(`took ${attempts} attempt(s)`, () => {
    const [receipt] = receiptsOf(path);
    expect(receipt?.attempts.length).toBe(attempts);
    if (isReachable) expect(upstream().received).toBe(attempts);
    expect(upstream().elsewhere.hits).toBe(0);
  });

  it('has a receipt that says how the call ended', () => {
    expect(receiptsOf(path)[0]?.outcome).toBe(code ?? 'answered');
  });

  if (isReachable) {
    it('does not keep the next call from succeeding', async () => {
      const answer = await ask(url('/ok'));
      expect([answer.status, jsonOf(answer)]).toEqual([200, { ok: true }]);
    });
  }

  it('leaves no socket behind but one kept alive', async () => {
    await eventually(() => expect(upstream().openSockets).toBeLessThanOrEqual(1));
  });
});

describe('the list of faults', () => {
  it('has every fault of the fault server in it', () => {
    const covered = new Set(EXPECTED.map(({ path }) => faultOf(path)));
    expect([...covered].sort()).toEqual([...FAULT_NAMES, 'refused', 'tls'].sort());
  });
});

describe('an upstream that refused connections', () => {
  it('is called again as soon as it listens', async () => {
    const server = createServer((_request, response) =>
      response.setHeader('content-type', 'application/json').end('{}'),
    );
    const back = await listenLocally(server, Number(new URL(upstreams.get('/refused')!.refusedUrl).port));
    const answer = await ask(`${breakwater.url}/api/v1/probe/upstream-refused/ok`);
    await back.close();
    expect(answer.status).toBe(200);
  });
});

describe('after all of them', () => {
  it('no attempt is under way or waiting', async () => {
    const health = await ask(`${breakwater.url}/health/providers`);
    const busy = { attemptsInFlight: 0, attemptsWaiting: 0, circuit: 'closed' };
    const { providers } = jsonOf<{ providers: object[] }>(health);
    expect(providers.length).toBeGreaterThan(upstreams.size);
    for (const provider of providers) expect(provider).toMatchObject(busy);
  });

  it('the application closes and no socket is left', async () => {
    await breakwater.close();
    await eventually(() => {
      for (const server of upstreams.values()) expect(server.openSockets).toBe(0);
    }, 1_000);
  });
});
