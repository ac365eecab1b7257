import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ProviderHealthDto } from '../../../src/operations/health/provider-health.dto.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { probe } from '../../support/probe.module.ts';
import { startPacedUpstream, type PacedUpstream } from './paced-upstream.ts';

const SLOW_MS = 120_000;

let clock: FakeClock;
let upstream: PacedUpstream;
let breakwater: TestApp;

beforeEach(async () => {
  clock = new FakeClock();
  upstream = await startPacedUpstream(clock);
  breakwater = await createApp({
    imports: [
      probe('paced', { baseUrl: upstream.url, maxAttempts: 1, cache: 'off', breakerMinAttempts: 1_000_000 }),
      probe('steady', { baseUrl: upstream.url }),
    ],
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
});
afterEach(async () => {
  await breakwater.close();
  await upstream.close();
});

/** One call that begins now and takes as long as the service takes; then the rest of a second passes. */
const call = async (): Promise<Answer> => {
  const { received, latencyMs } = upstream;
  const answer = ask(`${breakwater.url}/api/v1/probe/paced/things`);
  await eventually(() => expect(upstream.received).toBe(received + 1));
  await clock.advance(latencyMs);
  const { status, ...rest } = await answer;
  await clock.advance(Math.max(0, 1_000 - latencyMs));
  return { status, ...rest };
};

const calls = async (count: number): Promise<void> => {
  for (let made = 0; made < count; made += 1) await call();
};

const healthOf = async (name: string): Promise<ProviderHealthDto> => {
  const { providers } = jsonOf<{ providers: ProviderHealthDto[] }>(await ask(`${breakwater.url}/health/providers`));
  return providers.find((provider) => provider.name === name)!;
};

/** Seconds since the clock began. */
const toSeconds = (time: string): number => (Date.parse(time) - Date.UTC(2026, 0, 1)) / 1_000;

describe('the report on a service', () => {
  it(
    'names it when it turns slow, then failing, since when and why, and is content when it is well again',
    async () => {
      await calls(30);
      expect(await healthOf('paced')).toMatchObject({ verdict: 'healthy', quota: { remaining: 41 }, lastError: null });
      upstream.latencyMs = 900;
      await calls(8);
      const slow = await healthOf('paced');
      expect(slow).toMatchObject({ verdict: 'slow', why: expect.stringMatching(/ms is usual$/) });
      expect(Math.abs(toSeconds(slow.since) - 30)).toBeLessThan(5);
      upstream.status = 500;
      await calls(9);
      const failing = await healthOf('paced');
      expect(failing).toMatchObject({
        verdict: 'failing',
        why: expect.stringMatching(/^\d+ of \d+ calls failed in the last 15 s: upstream_failed$/),
        lastError: { code: 'upstream_failed', status: 500, operation: 'GET /{}' },
      });
      expect(Math.abs(toSeconds(failing.since) - 38)).toBeLessThan(5);
      Object.assign(upstream, { latencyMs: 20, status: 200 });
      await calls(20);
      const well = await healthOf('paced');
      expect(well.verdict).toBe('healthy');
      expect(Math.abs(toSeconds(well.since) - 47)).toBeLessThan(8);
      expect(await healthOf('steady')).toMatchObject({ verdict: 'idle', why: 'nobody has called it yet' });
    },
    SLOW_MS,
  );

  it('has a reading for each thing that is measured, and what was known of it before', async () => {
    await calls(3);
    const health = await healthOf('paced');
    expect(health).toMatchObject({
      ...{ name: 'paced', isConfigured: true, circuit: 'closed', attemptsInFlight: 0, attemptsWaiting: 0 },
      lately: { calls: 3, failedCalls: 0, successRatio: 1, attempts: 3, windowMs: 3_000 },
      ...{ servers: [], sunset: null, deprecation: null, contract: { mode: 'enforce', findings: [] } },
    });
    expect(Math.abs(health.lately.latency!.p50Ms - 20)).toBeLessThan(3);
  });
});
