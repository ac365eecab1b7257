import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/platform/clock.ts';
import { ask, problemOf, type Answer } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { eventually } from '../support/eventually.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { probe } from '../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';

const ATTEMPT_MS = 2_000;
const patient = { attemptTimeoutMs: ATTEMPT_MS, callDeadlineMs: 60_000, backoffBaseMs: 0 };
/** Its deadline falls into the second attempt. */
const hurried = { ...patient, callDeadlineMs: 3_000 };

const STALLS = ['hang', 'slow-headers', 'drip'];

let clock: FakeClock;
let upstream: FaultServer;
let breakwater: TestApp;

beforeAll(async () => {
  clock = new FakeClock();
  upstream = await startFaultServer();
  const imports = STALLS.flatMap((fault) => [
    probe(`patient-${fault}`, { ...patient, baseUrl: upstream.url }),
    probe(`hurried-${fault}`, { ...hurried, baseUrl: upstream.url }),
  ]);
  breakwater = await createApp({ imports, override: (builder) => builder.overrideProvider(Clock).useValue(clock) });
});
afterAll(async () => {
  await breakwater.close();
  await upstream.close();
});

/** Resolves when the upstream has read one more request than before `start` ran. */
const arrival = async (start: () => unknown): Promise<void> => {
  const before = upstream.received;
  start();
  await eventually(() => expect(upstream.received).toBe(before + 1));
};

const receiptOf = (provider: string) => breakwater.receipts.find((receipt) => receipt.provider === provider);

describe.each(STALLS)('an upstream that stalls by %s, on a clock that a test moves', (fault) => {
  it('is given exactly the time of each attempt, and no more attempts than allowed', async () => {
    let answer: Promise<Answer> | undefined;
    await arrival(() => (answer = ask(`${breakwater.url}/api/v1/probe/patient-${fault}/${fault}`)));
    await arrival(() => clock.advance(ATTEMPT_MS));
    await arrival(() => clock.advance(ATTEMPT_MS));
    await clock.advance(ATTEMPT_MS);
    expect(problemOf(await answer!)).toMatchObject({ status: 504, code: 'upstream_timeout' });
    const receipt = receiptOf(`patient-${fault}`);
    expect(receipt?.attempts.map(({ durationMs }) => durationMs)).toEqual([ATTEMPT_MS, ATTEMPT_MS, ATTEMPT_MS]);
    expect(receipt?.durationMs).toBe(3 * ATTEMPT_MS);
  });

  it('is left at the deadline of the call, in the middle of an attempt', async () => {
    let answer: Promise<Answer> | undefined;
    await arrival(() => (answer = ask(`${breakwater.url}/api/v1/probe/hurried-${fault}/${fault}`)));
    await arrival(() => clock.advance(ATTEMPT_MS));
    const departures = upstream.aborted.length;
    await clock.advance(999);
    expect(receiptOf(`hurried-${fault}`)).toBeUndefined();
    await clock.advance(1);
    expect(problemOf(await answer!)).toMatchObject({ status: 504, code: 'upstream_timeout' });
    expect(receiptOf(`hurried-${fault}`)?.durationMs).toBe(3_000);
    await eventually(() => expect(upstream.aborted.length).toBe(departures + 1));
  });

  it('leaves no timer behind', () => {
    expect(clock.pending).toBe(0);
  });
});
