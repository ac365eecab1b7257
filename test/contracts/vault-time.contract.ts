import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Vault } from '../../src/platform/vault/vault.ts';
import type { VaultUnderTest } from './vault-under-test.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const KEY = { purpose: 'session', secret: 'correct horse' };

/** What every vault promises of the time that values are kept. Calls `open` before each test. */
export const itKeepsTime = (open: () => Promise<VaultUnderTest>): void => {
  let subject: VaultUnderTest;
  let vault: Vault;
  beforeEach(async () => {
    subject = await open();
    vault = subject.vault;
  });
  afterEach(() => subject.close());

  const valueOf = async (): Promise<string | undefined> => (await vault.get(KEY))?.value;
  const minutesLeft = async (): Promise<number> => Math.round(((await vault.get(KEY))?.ttlMs ?? -1) / MINUTE_MS);

  it('is told with the value', async () => {
    await vault.put(KEY, 'value', 10 * MINUTE_MS);
    await subject.elapse(4 * MINUTE_MS);
    expect([await valueOf(), await minutesLeft()]).toEqual(['value', 6]);
  });

  it('ends what is not extended', async () => {
    await vault.put(KEY, 'value', 10 * MINUTE_MS);
    await subject.elapse(10 * MINUTE_MS);
    expect([await vault.get(KEY), await vault.take(KEY), await vault.extend(KEY, 1)]).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });

  it('begins anew when it is extended, for longer or for shorter', async () => {
    await vault.put(KEY, 'value', 10 * MINUTE_MS);
    await subject.elapse(9 * MINUTE_MS);
    expect(await vault.extend(KEY, 20 * MINUTE_MS)).toBe(true);
    await subject.elapse(2 * MINUTE_MS);
    expect([await valueOf(), await minutesLeft()]).toEqual(['value', 18]);
    expect(await vault.extend(KEY, MINUTE_MS)).toBe(true);
    await subject.elapse(MINUTE_MS);
    expect(await vault.get(KEY)).toBeUndefined();
  });

  it('is of whole milliseconds', async () => {
    await vault.put(KEY, 'value', 2 * MINUTE_MS + 0.9);
    expect([await vault.replace(KEY, 'value', 4 * MINUTE_MS + 0.9), await minutesLeft()]).toEqual([true, 4]);
    expect([await vault.extend(KEY, MINUTE_MS + 0.9), await minutesLeft()]).toEqual([true, 1]);
    await subject.elapse(MINUTE_MS);
    expect(await vault.get(KEY)).toBeUndefined();
  });

  it.each([0, 0.9, -1, -Infinity, NaN])('of %s ms is none: nothing is kept', async (ttlMs) => {
    for (const end of [
      () => vault.put(KEY, 'new', ttlMs),
      () => vault.replace(KEY, 'new', ttlMs),
      () => vault.extend(KEY, ttlMs),
    ]) {
      await vault.put(KEY, 'old', MINUTE_MS);
      expect(await end()).not.toBe(false);
      expect(await vault.get(KEY)).toBeUndefined();
      expect(await end()).not.toBe(true);
    }
  });

  it.each([Infinity, 1e300, 500 * DAY_MS, 400 * DAY_MS + 0.5])('of %s ms is 400 days', async (ttlMs) => {
    await vault.put(KEY, 'value', ttlMs);
    expect(Math.round((await minutesLeft()) / 1_440)).toBe(400);
    expect(await vault.extend(KEY, ttlMs)).toBe(true);
    expect(await vault.replace(KEY, 'value', ttlMs)).toBe(true);
    expect(Math.round((await minutesLeft()) / 1_440)).toBe(400);
  });
};
