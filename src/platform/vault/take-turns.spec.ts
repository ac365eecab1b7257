import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { MemoryVault } from './memory-vault.ts';
import { takeTurns, type TurnOptions } from './take-turns.ts';
import { VaultUnavailable } from './vault.ts';

const KEY = { purpose: 'token', secret: 'correct horse' };
const reason = new Error('no longer wanted');
const nothing = (): Promise<void> => Promise.resolve();
let clock: FakeClock;
let vault: MemoryVault;
let controller: AbortController;
let signal: AbortSignal;
beforeEach(() => {
  clock = new FakeClock();
  vault = new MemoryVault(clock);
  controller = new AbortController();
  signal = controller.signal;
});

const take = <T>(work: () => Promise<T>, options: Partial<TurnOptions> = {}): Promise<T> =>
  takeTurns({ vault, clock }, KEY, { signal, ...options }, work);
const isFree = async (): Promise<boolean> => (await vault.tryLease(KEY, 1)) !== undefined;

describe('taking turns', () => {
  it('gives what the work gives, and is over with it', async () => {
    expect(await take(() => Promise.resolve('token'))).toBe('token');
    expect([await isFree(), clock.pending]).toEqual([true, 0]);
  });

  it('is over when the work fails, at once or later', async () => {
    expect(await rejectionOf(take(() => Promise.reject(reason)))).toBe(reason);
    const throwing = (): never => {
      throw reason;
    };
    expect(await rejectionOf(take(throwing))).toBe(reason);
    expect(await isFree()).toBe(true);
  });

  it('begins within 50 ms of the end of another turn', async () => {
    let finish: () => void = () => undefined;
    const first = take(() => new Promise<void>((resolve) => (finish = resolve)));
    const work = jest.fn(nothing);
    const second = take(work);
    await elapse(clock, 5_000);
    expect(work).not.toHaveBeenCalled();
    finish();
    await first;
    await elapse(clock, 50);
    expect(work).toHaveBeenCalledTimes(1);
    await second;
  });

  it('asks 20 to 40 times a second, at different times', async () => {
    await vault.tryLease(KEY, 100_000);
    const asked: number[] = [];
    const tryLease = vault.tryLease.bind(vault);
    vault.tryLease = (...args) => (asked.push(clock.now()), tryLease(...args));
    const ended = rejectionOf(take(nothing));
    await elapse(clock, 10_000);
    controller.abort(reason);
    await ended;
    const waits = asked.slice(1).map((at, index) => at - asked[index]!);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(25);
    expect(Math.max(...waits)).toBeLessThanOrEqual(50);
    expect(new Set(waits).size).toBeGreaterThan(waits.length / 2);
  });

  it.each([
    [undefined, 10_000],
    [2_000, 2_000],
  ])('does not wait for ever for one who is gone: leaseMs %s', async (leaseMs, expectedMs) => {
    const options = leaseMs === undefined ? {} : { leaseMs };
    void take(() => new Promise(() => undefined), options);
    await settled();
    const work = jest.fn(nothing);
    const second = take(work);
    await elapse(clock, expectedMs - 1);
    expect(work).not.toHaveBeenCalled();
    await elapse(clock, 51);
    await second;
  });
});

describe('waiting for a turn', () => {
  it('ends with the reason as soon as the signal aborts, without work and without a timer', async () => {
    await vault.tryLease(KEY, 100_000);
    const work = jest.fn(nothing);
    const ended = rejectionOf(take(work));
    await elapse(clock, 1_000);
    controller.abort(reason);
    expect(await ended).toBe(reason);
    expect([clock.pending, work.mock.calls]).toEqual([0, []]);
  });

  it('does not begin when the signal has aborted before', async () => {
    controller.abort(reason);
    const [work, asked] = [jest.fn(nothing), jest.spyOn(vault, 'tryLease')];
    expect(await rejectionOf(take(work))).toBe(reason);
    expect([work.mock.calls, asked.mock.calls]).toEqual([[], []]);
  });

  it('keeps no turn that comes when nobody wants it any more', async () => {
    const work = jest.fn(nothing);
    const ended = rejectionOf(take(work));
    controller.abort(reason);
    expect(await ended).toBe(reason);
    expect([work.mock.calls, await isFree()]).toEqual([[], true]);
  });

  it('fails without having begun when the vault is unavailable', async () => {
    vault.tryLease = () => Promise.reject(new VaultUnavailable());
    const work = jest.fn(nothing);
    expect(await rejectionOf(take(work))).toBeInstanceOf(VaultUnavailable);
    expect([work.mock.calls, clock.pending]).toEqual([[], 0]);
  });

  it('gives what the work gives, even when the turn cannot be ended', async () => {
    vault.tryLease = () => Promise.resolve({ release: () => Promise.reject(new VaultUnavailable()) });
    expect(await take(() => Promise.resolve('token'))).toBe('token');
    expect(await rejectionOf(take(() => Promise.reject(reason)))).toBe(reason);
  });
});
