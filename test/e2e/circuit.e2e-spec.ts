import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProviderRegistry } from '../../src/outbound/index.ts';
import { Clock } from '../../src/platform/clock.ts';
import { ask, problemOf, type Answer } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { probe } from '../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';

const LONGEST_OPEN_MS = 5_000;

let clock: FakeClock;
let upstream: FaultServer;
let breakwater: TestApp;

beforeEach(async () => {
  clock = new FakeClock();
  upstream = await startFaultServer();
  breakwater = await createApp({
    imports: [probe('shaky', { baseUrl: upstream.url, maxAttempts: 1 })],
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
});
afterEach(async () => {
  await breakwater.close();
  await upstream.close();
});

/** Fails as often as `fail` says, and works from then on. */
const call = (fail: number): Promise<Answer> => ask(`${breakwater.url}/api/v1/probe/shaky/flapping?fail=${fail}`);

const callTimes = async (times: number, fail: number): Promise<number[]> => {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) statuses.push((await call(fail)).status);
  return statuses;
};

const circuit = (): string => breakwater.app.get(ProviderRegistry).get('shaky').status.circuit;

describe('the circuit of an upstream that fails', () => {
  it('opens after ten failures, and spares the upstream', async () => {
    expect(await callTimes(10, 10)).toEqual(Array(10).fill(502));
    expect(circuit()).toBe('open');
    const answer = await call(10);
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'circuit_open', provider: 'shaky' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(4);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(5);
    expect(upstream.received).toBe(10);
  });

  it('closes by itself once the upstream is back', async () => {
    await callTimes(10, 10);
    await clock.advance(LONGEST_OPEN_MS);
    expect(await callTimes(3, 10)).toEqual([200, 200, 200]);
    expect(circuit()).toBe('closed');
    expect(await callTimes(5, 10)).toEqual(Array(5).fill(200));
  });

  it('stays open for longer when the upstream is not back yet', async () => {
    await callTimes(10, 11);
    await clock.advance(LONGEST_OPEN_MS);
    expect(await callTimes(2, 11)).toEqual([502, 503]);
    const { retryAfterMs } = problemOf(await call(11));
    expect(retryAfterMs).toBeGreaterThan(LONGEST_OPEN_MS);
    await clock.advance(2 * LONGEST_OPEN_MS);
    expect(await callTimes(3, 11)).toEqual([200, 200, 200]);
    expect(circuit()).toBe('closed');
  });
});
