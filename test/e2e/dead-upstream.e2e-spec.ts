import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, type Answer } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { probe } from '../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';

const CALLS = 1_000;
const AT_A_TIME = 32;
const MOST_ATTEMPTS = 1_300;

const PATIENCE = { attemptTimeoutMs: 2_000, backoffBaseMs: 2 };
/** The budget alone has to hold. */
const WITHOUT_BREAKER = { ...PATIENCE, breakerMinAttempts: 1_000_000 };

let upstream: FaultServer;
let breakwater: TestApp;

beforeAll(async () => {
  upstream = await startFaultServer();
  const imports = [
    probe('failing', { ...PATIENCE, baseUrl: upstream.url }),
    probe('failing-without-breaker', { ...WITHOUT_BREAKER, baseUrl: upstream.url }),
    probe('refused', { ...PATIENCE, baseUrl: upstream.refusedUrl }),
    probe('refused-without-breaker', { ...WITHOUT_BREAKER, baseUrl: upstream.refusedUrl }),
  ];
  breakwater = await createApp({ imports, env: { LOG_LEVEL: 'error' } });
});
afterAll(async () => {
  await breakwater.close();
  await upstream.close();
});

/** Calls as many as are wanted, some at a time, and counts the answers by status. */
const call = async (url: string): Promise<Record<number, number>> => {
  const statuses: Record<number, number> = {};
  let left = CALLS;
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      // Each its own: identical calls would be made one.
      const { status }: Answer = await ask(`${url}?call=${left}`);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, caller));
  return statuses;
};

/** Attempts that were let through to a connection, by what the receipts say. */
const attemptsOf = (provider: string): number =>
  breakwater.receipts
    .filter((receipt) => receipt.provider === provider)
    .flatMap(({ attempts }) => attempts)
    .filter(({ error }) => !error?.startsWith('the circuit is open')).length;

const tokensOf = async (name: string): Promise<number> => {
  const { text } = await ask(`${breakwater.url}/health/providers`);
  const { providers } = JSON.parse(text) as { providers: { name: string; retryBudgetTokens: number }[] };
  return providers.find((provider) => provider.name === name)!.retryBudgetTokens;
};

describe(`${CALLS} calls to an upstream that answers 503`, () => {
  it('reach it a few times only, because the breaker opens', async () => {
    const statuses = await call(`${breakwater.url}/api/v1/probe/failing/status/503`);
    expect(upstream.received).toBeLessThanOrEqual(MOST_ATTEMPTS);
    expect(upstream.received).toBeLessThan(CALLS / 4);
    expect(Object.values(statuses).reduce((sum, count) => sum + count)).toBe(CALLS);
    expect(statuses[503]).toBeGreaterThan(CALLS / 2);
  });

  it('get budgeted retries only, where no breaker helps', async () => {
    const before = upstream.received;
    const statuses = await call(`${breakwater.url}/api/v1/probe/failing-without-breaker/status/503`);
    expect(statuses).toEqual({ 502: CALLS });
    const attempts = upstream.received - before;
    expect(attempts).toBe(attemptsOf('failing-without-breaker'));
    expect(attempts).toBeLessThanOrEqual(MOST_ATTEMPTS);
    // Some retries there were: the budget is what ended them.
    expect(attempts).toBeGreaterThan(CALLS);
    expect(await tokensOf('failing-without-breaker')).toBeLessThan(14);
  });
});

describe(`${CALLS} calls to an upstream that refuses connections`, () => {
  it('try it a few times only, because the breaker opens', async () => {
    await call(`${breakwater.url}/api/v1/probe/refused/ok`);
    expect(attemptsOf('refused')).toBeLessThan(CALLS / 4);
  });

  it('get budgeted retries only, where no breaker helps', async () => {
    const statuses = await call(`${breakwater.url}/api/v1/probe/refused-without-breaker/ok`);
    expect(statuses).toEqual({ 502: CALLS });
    expect(attemptsOf('refused-without-breaker')).toBeLessThanOrEqual(MOST_ATTEMPTS);
    expect(attemptsOf('refused-without-breaker')).toBeGreaterThan(CALLS);
  });
});
