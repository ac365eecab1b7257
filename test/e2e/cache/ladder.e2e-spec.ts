import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProviderRegistry } from '../../../src/outbound/index.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { probe } from '../../support/probe.module.ts';
import { startOrigin, type OriginAnswer, type OriginStandIn, type Resource } from '../../upstreams/origin.stand-in.ts';

const ATTEMPT_TIMEOUT_MS = 1_000;
const LONGEST_OPEN_S = 5;

const sound = (body: string): OriginAnswer => ({
  headers: { 'cache-control': 'max-age=60, stale-while-revalidate=60, stale-if-error=300', etag: '"1"' },
  body: JSON.stringify({ version: body }),
});

let clock: FakeClock;
let origin: OriginStandIn;
let breakwater: TestApp;
let thing: Resource;

beforeEach(async () => {
  clock = new FakeClock();
  origin = await startOrigin({ wallTime: () => clock.wallTime() });
  const options = { baseUrl: origin.url, maxAttempts: 1, attemptTimeoutMs: ATTEMPT_TIMEOUT_MS };
  breakwater = await createApp({
    imports: [probe('origin', { ...options, breakerMinAttempts: 5 })],
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
  thing = origin.serve(sound('old'));
});
afterEach(async () => {
  await breakwater.close();
  await origin.close();
});

const get = (): Promise<Answer> => ask(`${breakwater.url}/api/v1/probe/origin${thing.path}`);

/** Moves time on until what is stored is so old. */
const ageTo = (seconds: number): Promise<void> => clock.advance(seconds * 1_000 - clock.now());

/** Status or code, and what Cache-Status says. */
const step = (answer: Answer): [string, string | null] => [
  answer.status === 200 ? (JSON.parse(answer.text) as { version: string }).version : problemOf(answer).code,
  answer.headers.get('cache-status'),
];

const circuit = (): string => breakwater.app.get(ProviderRegistry).get('origin').status.circuit;

/** Waits for the refresh behind the scenes to be over: all calls have ended that were begun. */
const refreshed = (calls: number): Promise<void> =>
  eventually(() => expect(breakwater.receipts.length).toBeGreaterThanOrEqual(calls));

describe('what callers get of an upstream that is gone, step by step', () => {
  it.each<[string, () => Promise<void> | void, string, string]>([
    ['answers 503', () => thing.answer({ status: 503 }), '; fwd-status=503', 'upstream_failed'],
    ['answers 500', () => thing.answer({ status: 500 }), '; fwd-status=500', 'upstream_failed'],
    ['breaks off', () => thing.answer('reset'), '', 'upstream_unreachable'],
    ['refuses connections', () => origin.close(), '', 'upstream_unreachable'],
  ])('%s: fresh, stale, staler, a problem', async (_how, goDown, fwdStatus, code) => {
    expect(step(await get())).toEqual(['old', 'origin; fwd=uri-miss; ttl=60; stored']);
    await goDown();
    await ageTo(59);
    expect(step(await get())).toEqual(['old', 'origin; hit; ttl=1']);
    await ageTo(60);
    expect(step(await get())).toEqual(['old', 'origin; hit; ttl=0; detail=stale-while-revalidate']);
    await refreshed(4);
    await ageTo(119);
    expect(step(await get())).toEqual(['old', 'origin; hit; ttl=-59; detail=stale-while-revalidate']);
    await refreshed(6);
    await ageTo(120);
    const staleIfError = (ttl: number) => `origin; fwd=stale${fwdStatus}; ttl=${ttl}; detail=stale-if-error`;
    expect(step(await get())).toEqual(['old', staleIfError(-60)]);
    await ageTo(359);
    expect(step(await get())).toEqual(['old', staleIfError(-299)]);
    await ageTo(360);
    const [problem, cacheStatus] = step(await get());
    expect([problem, cacheStatus]).toEqual([code, expect.stringMatching(/^origin; fwd=/)]);
  });

  it('ends with a problem of which Cache-Status says that what is stored is too old', async () => {
    await get();
    thing.answer('reset');
    await ageTo(360);
    expect(step(await get())).toEqual(['upstream_unreachable', expect.stringContaining('fwd=stale')]);
  });

  it('is what is stored, too, once the circuit is open: at once, and the upstream is spared', async () => {
    await get();
    thing.answer('hang');
    await ageTo(120);
    for (let calls = 2; calls <= 6; calls += 1) {
      const answer = get();
      await eventually(() => expect(thing.requests).toHaveLength(calls));
      await clock.advance(ATTEMPT_TIMEOUT_MS);
      expect(step(await answer)).toEqual(['old', expect.stringContaining('detail=stale-if-error')]);
    }
    expect([circuit(), thing.requests.length]).toEqual(['open', 6]);
    expect(step(await get())).toEqual(['old', 'origin; fwd=stale; ttl=-65; detail=stale-if-error']);
    expect(thing.requests).toHaveLength(6);
  });

  it('is what is stored, for who cannot wait for an upstream that hangs', async () => {
    await get();
    thing.answer('hang');
    await ageTo(120);
    const impatient = { headers: { 'x-request-timeout-ms': '100' } };
    const answer = ask(`${breakwater.url}/api/v1/probe/origin${thing.path}`, impatient);
    await eventually(() => expect(thing.requests).toHaveLength(2));
    await clock.advance(99);
    expect(await Promise.race([answer, Promise.resolve('waits')])).toBe('waits');
    await clock.advance(1);
    expect(step(await answer)).toEqual(['old', 'origin; fwd=stale; ttl=-61; detail=stale-if-error']);
  });
});

describe('an upstream that is back', () => {
  it('is asked again by who comes next, and has its answer kept', async () => {
    await get();
    for (const down of [{ status: 503 }, 'reset'] as const) {
      thing.answer(down);
      await ageTo(Math.max(130, clock.now() / 1_000 + 1));
      expect(step(await get())[1]).toContain('detail=stale-if-error');
    }
    thing.answer(sound('new'));
    expect(step(await get())).toEqual(['new', 'origin; fwd=stale; ttl=60; stored']);
    expect(step(await get())).toEqual(['new', 'origin; hit; ttl=60']);
  });

  it('is found behind an open circuit, by those who get what is stored meanwhile', async () => {
    await get();
    thing.answer({ status: 503 });
    await ageTo(120);
    for (let calls = 0; calls < 5; calls += 1) await get();
    expect(circuit()).toBe('open');
    thing.answer({ ...sound('new'), status: 304 });
    await clock.advance(LONGEST_OPEN_S * 1_000);
    expect(step(await get())).toEqual(['old', 'origin; fwd=stale; fwd-status=304; ttl=60; stored']);
    expect(step(await get())).toEqual(['old', 'origin; hit; ttl=60']);
  });
});
