import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { issuerFailure } from '../../../test/support/issuer-failure.ts';
import { FailureMemory } from './failure-memory.ts';

const FAILED = issuerFailure();
let clock: FakeClock;
let memory: FailureMemory;

beforeEach(() => {
  clock = new FakeClock();
  memory = new FailureMemory(clock);
});

/** For how long a failure of now is remembered, in s. */
const lastsFor = async (error: unknown = FAILED): Promise<number> => {
  memory.remember(error);
  let seconds = 0;
  for (; memory.lasts; seconds += 1) await clock.advance(1_000);
  return seconds;
};

describe('FailureMemory', () => {
  it('knows nothing at first', () => {
    expect(memory.lasts).toBe(false);
    memory.throwIfLasting();
  });

  it('fails with what it remembers, itself, to the millisecond', async () => {
    memory.remember(FAILED);
    await clock.advance(999);
    expect(() => memory.throwIfLasting()).toThrow(FAILED);
    await clock.advance(1);
    memory.throwIfLasting();
  });

  it('remembers each failure in a row for longer, but never longer than 30 s', async () => {
    const seconds: number[] = [];
    for (let turn = 0; turn < 7; turn += 1) seconds.push(await lastsFor());
    expect(seconds).toEqual([1, 2, 4, 8, 16, 30, 30]);
  });

  it('begins anew once it was told to forget, and forgets at once', async () => {
    for (let turn = 0; turn < 4; turn += 1) await lastsFor();
    memory.remember(FAILED);
    memory.forget();
    expect(memory.lasts).toBe(false);
    expect(await lastsFor()).toBe(1);
  });

  it.each([
    [7_000, 7],
    [500, 1],
    [30_000, 30],
  ])('waits as long as it is asked to, and not less than by itself: %d ms', async (retryAfterMs, seconds) => {
    expect(await lastsFor(issuerFailure({ retryAfterMs }))).toBe(seconds);
  });

  it('waits as long as it would by itself when it is asked for less', async () => {
    await lastsFor();
    expect(await lastsFor(issuerFailure({ retryAfterMs: 500 }))).toBe(2);
  });

  it('waits for half a minute at most, whatever it is asked', async () => {
    expect(await lastsFor(issuerFailure({ retryAfterMs: 3_600_000 }))).toBe(30);
  });

  it('remembers anything that was thrown', async () => {
    expect(await lastsFor('a text')).toBe(1);
    memory.remember(undefined);
    expect(memory.lasts).toBe(true);
  });
});
