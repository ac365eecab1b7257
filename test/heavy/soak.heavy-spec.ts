import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { path } from '../../src/outbound/index.ts';
import { ask } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { eventually } from '../support/eventually.ts';
import { probe } from '../support/probe.module.ts';
import { startFaultServerThread, type FaultServerThread } from './fault-server-thread.ts';
import { measureLiveHeap } from './live-heap.ts';
import { Soaked, SoakedModule } from './soaked.module.ts';

const WARM_UP_CALLS = 10_000;
const CALLS = 20_000;
const AT_A_TIME = 32;
const KEEP_ALIVE_MS = 1_000;
const TIMEOUT_MS = 120_000;
/** Whatever is kept for each call takes a hundred bytes at the least; the heap itself grows by about ten, ever more slowly. */
const MAX_GROWTH_BYTES_PER_CALL = 40;

/** Breakers stay closed: every call is to reach the upstream. */
const PATIENCE = {
  attemptTimeoutMs: 50,
  backoffBaseMs: 2,
  keepAliveMs: KEEP_ALIVE_MS,
  breakerMinAttempts: 1_000_000,
  breakerMinSlowAttempts: 1_000_000,
};

/** Lives as long as the process, as that of a background worker does. */
const longLived = new AbortController();

let upstream: FaultServerThread;
let breakwater: TestApp;

beforeAll(async () => {
  upstream = await startFaultServerThread();
  const options = { ...PATIENCE, baseUrl: upstream.url };
  const imports = [probe('sound', options), probe('flapping', options), probe('hanging', options), SoakedModule];
  breakwater = await createApp({ imports, env: { LOG_LEVEL: 'silent', BACKGROUND_URL: upstream.url } });
});
afterAll(async () => {
  await breakwater.close();
  await upstream.stop();
});

const outcomes = new Map<string, number>();
const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

const throughTheApp = async (probed: string, rest: string): Promise<void> => {
  const { status } = await ask(`${breakwater.url}/api/v1/probe/${probed}${rest}`);
  count(`${probed} ${status}`);
};

const inBackground = async (signal?: AbortSignal): Promise<void> => {
  await breakwater.app.get(Soaked, { strict: false }).client.get(path`/ok`, signal && { signal });
  count('background');
};

/** Of ten calls six are sound, one flaps, one hangs, two belong to no request; one of these to a signal that outlives it. */
const callOne = (nth: number): Promise<void> => {
  if (nth % 10 === 6) return throughTheApp('flapping', `/flapping/${nth}?fail=1`);
  if (nth % 10 === 7) return throughTheApp('hanging', '/hang');
  if (nth % 10 === 8) return inBackground();
  if (nth % 10 === 9) return inBackground(longLived.signal);
  return throughTheApp('sound', '/ok');
};

const soak = async (calls: number): Promise<void> => {
  outcomes.clear();
  let begun = 0;
  const caller = async (): Promise<void> => {
    while (begun < calls) await callOne(begun++);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, caller));
  // Kept for tests, and not by the application.
  breakwater.receipts.length = 0;
};

const pendingTimers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe(`${CALLS} calls to an upstream that is sound, flaps and hangs`, () => {
  let heapBefore: number;
  let timersBefore: number;

  beforeAll(async () => {
    await soak(WARM_UP_CALLS);
    heapBefore = await measureLiveHeap();
    timersBefore = pendingTimers();
    await soak(CALLS);
  }, TIMEOUT_MS);

  it('end as they should', () => {
    // On a busy machine even a sound call may take longer than an attempt has.
    expect(outcomes.get('sound 200')).toBeGreaterThan(CALLS * 0.6 * 0.99);
    expect(outcomes.get('flapping 200')).toBeGreaterThan(CALLS * 0.1 * 0.5);
    expect(outcomes.get('hanging 504')).toBe(CALLS * 0.1);
    expect(outcomes.get('background')).toBe(CALLS * 0.2);
  });

  it('leave nothing on the heap', async () => {
    const growth = (await measureLiveHeap()) - heapBefore;
    expect(growth / CALLS).toBeLessThan(MAX_GROWTH_BYTES_PER_CALL);
  });

  it('leave no timer behind', async () => {
    // One or two may be of connections that are still idling; whatever is left by calls counts in thousands.
    expect(pendingTimers()).toBeLessThan(timersBefore + AT_A_TIME);
    await eventually(() => expect(pendingTimers()).toBeLessThanOrEqual(timersBefore));
  });

  it('leave no listener on a signal that outlives them', () => {
    expect(getEventListeners(longLived.signal, 'abort')).toEqual([]);
  });

  it('leave no connection but those kept for the next call, and those no longer than agreed', async () => {
    expect(await upstream.countSockets()).toBeLessThanOrEqual(4 * AT_A_TIME);
    await eventually(async () => expect(await upstream.countSockets()).toBe(0));
  });
});
