import { describe, expect, it } from '@jest/globals';
import { Clock, type Cancel } from '../clock.ts';
import { WallTimes } from './wall-times.ts';

/** Whoever looks may be kept from looking on. */
class HandClock extends Clock {
  nowMs = 0;
  wallMs = 1_000_000;
  lookTakesMs = 0;

  now(): number {
    return this.nowMs;
  }

  wallTime(): number {
    this.nowMs += this.lookTakesMs;
    this.wallMs += this.lookTakesMs;
    return this.wallMs;
  }

  schedule(): Cancel {
    throw new Error('not here');
  }

  pass(ms: number): void {
    this.nowMs += ms;
    this.wallMs += ms;
  }
}

describe('WallTimes', () => {
  it('tells what the wall clock showed', () => {
    const clock = new HandClock();
    const times = new WallTimes(clock);
    clock.pass(250);
    expect([times.of(0), times.of(100.5), times.of(250)]).toEqual([1_000_000, 1_000_100.5, 1_000_250]);
  });

  it('keeps to one difference while the clocks differ by little', () => {
    const clock = new HandClock();
    const times = new WallTimes(clock);
    clock.wallMs += 20;
    expect(times.of(0)).toBe(1_000_000);
  });

  it.each([21, -3_600_000])('heeds that the wall clock was set, by %d ms', (byMs) => {
    const clock = new HandClock();
    const times = new WallTimes(clock);
    clock.wallMs += byMs;
    expect(times.of(0)).toBe(1_000_000 + byMs);
  });

  it('does not take an interruption for that', () => {
    const clock = new HandClock();
    const times = new WallTimes(clock);
    clock.lookTakesMs = 100;
    expect(times.of(0)).toBe(1_000_000);
  });
});
