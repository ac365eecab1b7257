import { describe, expect, it } from '@jest/globals';
import { phasesOf, spanOf, ticksOf } from './page/phases.ts';
import type { AttemptBar } from './page/snapshot.ts';

const attempt = (own: Partial<AttemptBar> = {}): AttemptBar => ({
  ...{ startedAtMs: 100, queuedMs: 10, dispatchedMs: 15, sentMs: 40, firstByteMs: 90, durationMs: 100 },
  ...{ isHedge: false, status: 200, error: null, server: null },
  ...own,
});

const told = (own?: Partial<AttemptBar>): string[] =>
  phasesOf(attempt(own)).map(({ name, fromMs, toMs }) => `${name} ${fromMs}-${toMs}`);

describe('the phases of an attempt', () => {
  it('follow each other, on the scale of the call', () => {
    expect(told()).toEqual([
      'queued 100-110',
      'prepared 110-115',
      'connected 115-140',
      'waited 140-190',
      'received 190-200',
    ]);
  });

  it.each([
    ['waited', { firstByteMs: null }, 'waited 140-200'],
    ['connected', { sentMs: null, firstByteMs: null }, 'connected 115-200'],
    ['prepared', { dispatchedMs: null, sentMs: null, firstByteMs: null }, 'prepared 110-200'],
  ])('end with the one that it did not get through: %s', (_name, own, last) => {
    expect(told(own).at(-1)).toBe(last);
  });

  it('never run backwards, nor past the end, whatever was measured', () => {
    expect(told({ queuedMs: 200, dispatchedMs: 5, sentMs: 40 })).toEqual([
      ...['queued 100-200', 'prepared 200-200', 'connected 200-200', 'waited 200-200', 'received 200-200'],
    ]);
  });
});

describe('the scale of a call', () => {
  it('is as long as the call, or its last attempt', () => {
    expect(spanOf(500, [attempt()])).toBe(500);
    expect(spanOf(150, [attempt()])).toBe(200);
    expect(spanOf(0, [])).toBe(1);
  });

  it.each([
    [3_000, [0, 1_000, 2_000, 3_000]],
    [47, [0, 10, 20, 30, 40]],
    [999, [0, 200, 400, 600, 800]],
    [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ])('has round numbers for %s ms', (spanMs, expected) => {
    const ticks = ticksOf(spanMs, 5);
    expect(ticks).toHaveLength(expected.length);
    ticks.forEach((tick, index) => expect(tick).toBeCloseTo(expected[index]!, 6));
  });
});
