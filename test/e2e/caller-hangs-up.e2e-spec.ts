import type { TestingModuleBuilder } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProviderRegistry, type ProviderStatus } from '../../src/outbound/index.ts';
import { Clock } from '../../src/platform/clock.ts';
import { callAs, type Caller } from '../support/caller.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { eventually } from '../support/eventually.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { probe } from '../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';

const AT_ONCE_MS = 5_000;

let upstream: FaultServer;
let breakwater: TestApp;

beforeEach(async () => {
  upstream = await startFaultServer();
  const imports = [
    probe('wide', { baseUrl: upstream.url, attemptTimeoutMs: 9_000 }),
    probe('narrow', { baseUrl: upstream.url, maxConcurrent: 1 }),
  ];
  breakwater = await createApp({ imports });
});
afterEach(async () => {
  await breakwater.close();
  await upstream.close();
});

const call = (path: string): Caller => callAs(`${breakwater.url}/api/v1/probe/${path}`);

const statusOf = (name: string): ProviderStatus => breakwater.app.get(ProviderRegistry).get(name).status;

const accessLines = () =>
  breakwater.logLines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === 'request');

describe('when a caller hangs up', () => {
  it.each(['hang', 'slow-headers', 'drip'])('its upstream request is aborted at once: %s', async (fault) => {
    const caller = call(`wide/${fault}`);
    await eventually(() => expect(upstream.received).toBe(1));
    const hungUpAt = performance.now();
    const abortedAt = upstream.whenAborted(`/${fault}`);
    await caller.hangUp();
    expect((await abortedAt) - hungUpAt).toBeLessThan(AT_ONCE_MS);
    await eventually(() => expect(statusOf('wide').attemptsInFlight).toBe(0));
    expect(upstream.received).toBe(1);
    expect(breakwater.receipts[0]).toMatchObject({
      outcome: 'cancelled',
      attempts: [{ error: expect.stringContaining('cancelled') }],
    });
  });

  it('the answer of nobody is logged as 499', async () => {
    const caller = call('wide/hang');
    await eventually(() => expect(upstream.received).toBe(1));
    await caller.hangUp();
    await eventually(() => expect(accessLines()).toMatchObject([{ status: 499 }]));
  });

  it('its place in the queue is free at once, and its request is never sent', async () => {
    const inside = call('narrow/hang');
    await eventually(() => expect(upstream.received).toBe(1));
    const waiting = call('narrow/ok');
    await eventually(() => expect(statusOf('narrow').attemptsWaiting).toBe(1));
    await waiting.hangUp();
    await eventually(() => expect(statusOf('narrow').attemptsWaiting).toBe(0), AT_ONCE_MS);
    await inside.hangUp();
    await eventually(() => expect(statusOf('narrow').attemptsInFlight).toBe(0));
    expect(upstream.requestsSeen.map(({ path }) => path)).toEqual(['/hang']);
  });

  it('the place goes to whoever waits behind', async () => {
    const inside = call('narrow/hang');
    await eventually(() => expect(upstream.received).toBe(1));
    const next = call('narrow/ok');
    await eventually(() => expect(statusOf('narrow').attemptsWaiting).toBe(1));
    await inside.hangUp();
    expect(await next.ended).toBe(200);
  });

  it('it is not called for again after the backoff', async () => {
    // Two seconds of waiting, as the upstream asks.
    const caller = call('wide/unavailable-seconds');
    await eventually(() => expect(upstream.received).toBe(1));
    await caller.hangUp();
    await eventually(() => expect(breakwater.receipts.length).toBe(1), AT_ONCE_MS);
    expect(breakwater.receipts[0]).toMatchObject({ outcome: 'cancelled', attempts: [{ status: 503 }] });
    expect(upstream.received).toBe(1);
  });

  it('the breaker does not hold that against the upstream', async () => {
    for (let count = 1; count <= 12; count += 1) {
      const caller = call('wide/hang');
      await eventually(() => expect(upstream.received).toBe(count));
      await caller.hangUp();
    }
    await eventually(() => expect(statusOf('wide').attemptsInFlight).toBe(0));
    expect(statusOf('wide').circuit).toBe('closed');
  });

  it('no timer of its request is left', async () => {
    const clock = new FakeClock();
    const override = (builder: TestingModuleBuilder): TestingModuleBuilder =>
      builder.overrideProvider(Clock).useValue(clock);
    const other = await createApp({ imports: [probe('timed', { baseUrl: upstream.url })], override });
    const caller = callAs(`${other.url}/api/v1/probe/timed/hang`);
    await eventually(() => expect(upstream.received).toBe(1));
    expect(clock.pending).toBeGreaterThan(0);
    await caller.hangUp();
    await eventually(() => expect(clock.pending).toBe(0), 1_000);
    await other.close();
  });
});
