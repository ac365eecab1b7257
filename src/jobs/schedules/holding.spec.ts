import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';
import { Holding } from './holding.ts';

let clock: FakeClock;
let vault: MemoryVault;
const open = (): Holding => new Holding(vault, clock, 'poll board');

beforeEach(() => {
  clock = new FakeClock();
  vault = new MemoryVault(clock);
});

describe('a holding', () => {
  it('is had by one of a hundred that take it at once', async () => {
    const taken = await Promise.all(Array.from({ length: 100 }, () => open().take()));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('is not had by one that looked before another took it', async () => {
    const [one, other] = [open(), open()];
    const get = vault.get.bind(vault);
    vault.get = async (key) => {
      vault.get = get;
      const found = await get(key);
      await other.take();
      return found;
    };
    expect([await one.take(), one.isHeld, other.isHeld]).toEqual([false, false, true]);
  });

  it('is kept by being taken again, and lost when it is not', async () => {
    const [one, other] = [open(), open()];
    await one.take();
    await clock.advance(7_000);
    expect([await one.take(), await other.take()]).toEqual([true, false]);
    await clock.advance(7_999);
    expect([one.isHeld, await other.take()]).toEqual([true, false]);
    await clock.advance(1);
    expect([one.isHeld, await other.take(), await one.take()]).toEqual([false, true, false]);
  });

  it('can be had at once when it is given back, by its holder only', async () => {
    const [one, other] = [open(), open()];
    await one.take();
    await other.release();
    expect(await other.take()).toBe(false);
    await one.release();
    expect([one.isHeld, await other.take()]).toEqual([false, true]);
  });

  it('stays held while nobody can be asked, as long as nobody else can have it', async () => {
    const one = open();
    await one.take();
    vault.get = () => Promise.reject(new VaultUnavailable());
    expect(await rejectionOf(one.take())).toBeInstanceOf(VaultUnavailable);
    expect(one.isHeld).toBe(true);
    await clock.advance(8_000);
    expect(one.isHeld).toBe(false);
    await one.release();
  });
});
