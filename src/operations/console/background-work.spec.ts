import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import type { BackgroundCalls } from '../../jobs/background-calls.ts';
import type { CallRecord } from '../../jobs/call-record.ts';
import type { JobCounts, JobTotals } from '../../jobs/job-counts.ts';
import { BackgroundWork } from './background-work.ts';

const START = Date.UTC(2026, 0, 1);
const TOTALS: JobTotals = { queued: 3, running: 1, failed: 1, outcomeUnknown: 0, oldestDueAt: START - 4_400 };

const letter: CallRecord = {
  ...{ id: 'one', operation: 'ci.runWorkflow', input: { secret: 'of somebody' }, owner: null, state: 'failed' },
  ...{ attempts: 5, createdAt: START, startedAt: START, finishedAt: START + 1_000, nextAttemptAt: null },
  ...{ isSending: false, isCancelRequested: false },
  problem: { code: 'upstream_failed', status: 502, title: 'Upstream failed', detail: 'z'.repeat(1_000) },
};

let clock: FakeClock;
let asked: number;
let listed: number;
let answer: () => Promise<JobTotals | undefined>;
let work: BackgroundWork;

beforeEach(() => {
  clock = new FakeClock(START);
  [asked, listed] = [0, 0];
  answer = () => Promise.resolve(TOTALS);
  const counts = { read: () => ((asked += 1), answer()) } as unknown as JobCounts;
  const list = ({ state }: { state?: string }) => {
    listed += 1;
    const items = state === 'failed' ? [{ id: 'one', createdAt: START, value: letter }] : [];
    return Promise.resolve({ items, next: null });
  };
  work = new BackgroundWork(counts, { list } as unknown as BackgroundCalls, clock);
});

const later = async (ms: number): Promise<ReturnType<BackgroundWork['read']>> => {
  await clock.advance(ms);
  work.read();
  await settled();
  return work.read();
};

const NOTHING = { jobs: null, deadLetters: [] };

describe('background work, as the console shows it', () => {
  it('is not known while the store is not open, and nothing of it is listed', async () => {
    answer = () => Promise.resolve(undefined);
    expect(await later(0)).toEqual(NOTHING);
    expect([asked, listed]).toEqual([1, 0]);
  });

  it('is not known any more when the store fails, and again when it is back', async () => {
    expect((await later(0)).jobs).not.toBeNull();
    answer = () => Promise.reject(new Error('gone'));
    expect(await later(5_000)).toEqual(NOTHING);
    answer = () => Promise.resolve(TOTALS);
    expect((await later(5_000)).jobs).not.toBeNull();
  });

  it('is what was known before while the store takes its time, which is asked once', async () => {
    await later(0);
    answer = () => new Promise(() => undefined);
    for (let second = 0; second < 30; second += 1) expect((await later(1_000)).jobs).not.toBeNull();
    expect(asked).toBe(2);
  });

  it('is asked for every five seconds at the most', async () => {
    for (let second = 0; second < 20; second += 1) await later(1_000);
    expect(asked).toBe(4);
  });

  it('tells how many there are, how late the oldest is, and what failed, without what was asked for', async () => {
    const { jobs, deadLetters } = await later(0);
    expect(jobs).toEqual({ queued: 3, running: 1, failed: 1, outcomeUnknown: 0, oldestDueS: 4 });
    expect(deadLetters).toEqual([
      {
        ...{ id: 'one', operation: 'ci.runWorkflow', state: 'failed', attempts: 5 },
        finishedAt: '2026-01-01T00:00:01.000Z',
        problem: `upstream_failed: ${'z'.repeat(300)}`,
      },
    ]);
  });

  it('lists nothing where nothing failed', async () => {
    answer = () => Promise.resolve({ ...TOTALS, failed: 0 });
    expect((await later(0)).deadLetters).toEqual([]);
    expect(listed).toBe(0);
  });
});
