import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CacheStore } from '../../src/outbound/cache/stores/cache-store.ts';
import type { MemoryStore } from '../../src/outbound/cache/stores/memory-store.ts';
import { path } from '../../src/outbound/index.ts';
import { ask } from '../support/ask.ts';
import { callAs } from '../support/caller.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { eventually } from '../support/eventually.ts';
import { probe } from '../support/probe.module.ts';
import { startCachedOriginThread, type CachedOriginThread } from './cached-origin-thread.ts';
import { measureLiveHeap } from './live-heap.ts';
import { Soaked, SoakedModule } from './soaked.module.ts';

const WARM_UP_CALLS = 10_000;
const CALLS = 40_000;
const AT_A_TIME = 32;
const MAX_ENTRIES = 200;
const TIMEOUT_MS = 120_000;
/** Whatever is kept for each call takes a hundred bytes at the least; rings of what happened lately fill up meanwhile, once. */
const MAX_GROWTH_BYTES_PER_CALL = 40;

/** No circuit opens, and nothing is repeated: every call does what it is here for. */
const PATIENCE = { maxAttempts: 1, keepAliveMs: 1_000, breakerMinAttempts: 1_000_000 };

/** Lives as long as the process, as that of a background worker does. */
const longLived = new AbortController();

let upstream: CachedOriginThread;
let breakwater: TestApp;

beforeAll(async () => {
  upstream = await startCachedOriginThread();
  breakwater = await createApp({
    imports: [probe('origin', { ...PATIENCE, baseUrl: upstream.url }), SoakedModule],
    env: { LOG_LEVEL: 'silent', BACKGROUND_URL: upstream.url, CACHE_MAX_ENTRIES: String(MAX_ENTRIES) },
  });
});
afterAll(async () => {
  await breakwater.close();
  await upstream.stop();
});

const outcomes = new Map<string, number>();
const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

const urlOf = (kind: string, rest: number): string => `${breakwater.url}/api/v1/probe/origin/${kind}/${rest}`;

const get = async (kind: string, rest: number): Promise<void> => {
  const { status } = await ask(urlOf(kind, rest));
  count(`${kind} ${status}`);
};

const callAndHangUp = async (nth: number): Promise<void> => {
  const caller = callAs(urlOf('slow', nth));
  await new Promise((resolve) => setTimeout(resolve, nth % 25));
  await caller.hangUp();
  count('hung up');
};

const inBackground = async (nth: number, signal: AbortSignal): Promise<void> => {
  const { client } = breakwater.app.get(Soaked, { strict: false });
  const ended = await client.get(path`/slow/${nth}`, { signal }).then(
    () => 'background',
    () => 'background aborted',
  );
  count(ended);
};

const abortInBackground = (nth: number): Promise<void> => {
  const impatient = new AbortController();
  setTimeout(() => impatient.abort(), nth % 25);
  return inBackground(nth, AbortSignal.any([impatient.signal, longLived.signal]));
};

/** Of thirteen calls: hits, misses, collapses, validations, refreshes, errors, variants, uncacheable ones, and who leaves. */
const callOne = (nth: number): Promise<void> => {
  const turns = Math.floor(nth / 13);
  const calls: (() => Promise<void>)[] = [
    () => get('fresh', turns % 20),
    () => get('fresh', nth),
    () => get('varying', turns % 10),
    () => get('validated', turns % 20),
    () => get('refreshed', turns % 20),
    () => get('failing', turns % 10),
    () => get('uncacheable', turns),
    () => get('uncacheable', turns % 5),
    ...Array.from({ length: 2 }, () => () => get('slow', turns)),
    () => callAndHangUp(turns),
    () => abortInBackground(turns),
    () => inBackground(turns, longLived.signal),
  ];
  return calls[nth % 13]!();
};

let begun = 0;
const soak = async (calls: number): Promise<void> => {
  outcomes.clear();
  const until = begun + calls;
  const caller = async (): Promise<void> => {
    while (begun < until) await callOne(begun++);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, caller));
  // Kept for tests, and not by the application.
  breakwater.receipts.length = 0;
};

const pendingTimers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

const store = (): MemoryStore => breakwater.app.get<MemoryStore>(CacheStore, { strict: false });

describe(`${CALLS} calls through the cache: hits, misses, refreshes, errors, and callers who leave`, () => {
  let heapBefore: number;
  let timersBefore: number;

  beforeAll(async () => {
    await soak(WARM_UP_CALLS);
    heapBefore = await measureLiveHeap();
    timersBefore = pendingTimers();
    await soak(CALLS);
  }, TIMEOUT_MS);

  it('end as they should, and most of them cost no upstream call', async () => {
    const wrong = [...outcomes.keys()].filter((outcome) => / [45]\d\d$/.test(outcome));
    expect(wrong).toEqual([]);
    expect([...outcomes.values()].reduce((sum, number) => sum + number)).toBe(CALLS);
    const requests = await upstream.countRequests();
    // Of 13 calls one is for what nobody asked for before; five share an answer, or leave before there is one.
    expect(requests['fresh']).toBeLessThan((1.1 * begun) / 13);
    expect(requests['varying']).toBeLessThan(0.1 * (begun / 13));
    expect(requests['slow']).toBeLessThan((3 * begun) / 13);
  });

  it('leave nothing on the heap', async () => {
    const growth = (await measureLiveHeap()) - heapBefore;
    expect(growth / CALLS).toBeLessThan(MAX_GROWTH_BYTES_PER_CALL);
  });

  it('leave as many entries as are allowed, and no tags beyond theirs', () => {
    const { entries, tags } = store().counts;
    expect(entries).toBe(MAX_ENTRIES);
    expect(tags).toBeLessThanOrEqual(3 * MAX_ENTRIES);
  });

  it('leave no timer and no listener behind', async () => {
    expect(pendingTimers()).toBeLessThan(timersBefore + AT_A_TIME);
    await eventually(() => expect(pendingTimers()).toBeLessThanOrEqual(timersBefore));
    expect(getEventListeners(longLived.signal, 'abort')).toEqual([]);
  });
});
