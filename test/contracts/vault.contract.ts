import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Vault, VaultKey } from '../../src/platform/vault/vault.ts';
import { itGivesLeases } from './vault-leases.contract.ts';
import { itKeepsTime } from './vault-time.contract.ts';
import type { VaultUnderTest } from './vault-under-test.ts';

const MINUTE_MS = 60_000;

const KEY: VaultKey = { purpose: 'session', secret: 'correct horse' };
/** Each differs from `KEY` in one respect. */
const OTHER_KEYS: readonly VaultKey[] = [
  { purpose: 'session', secret: 'correct horse ' },
  { purpose: 'session', secret: '' },
  { purpose: 'login', secret: 'correct horse' },
  { purpose: 'sessio', secret: 'ncorrect horse' },
];

/** What every vault promises. Calls `open` before each test. */
export const itIsAVault = (open: () => Promise<VaultUnderTest>): void => {
  let subject: VaultUnderTest;
  let vault: Vault;
  beforeEach(async () => {
    subject = await open();
    vault = subject.vault;
  });
  afterEach(() => subject.close());

  const valueOf = async (key: VaultKey = KEY): Promise<string | undefined> => (await vault.get(key))?.value;
  const minutesLeft = async (): Promise<number> => Math.round(((await vault.get(KEY))?.ttlMs ?? -1) / MINUTE_MS);

  describe('a value', () => {
    it('is absent until it is put there', async () => {
      expect([await vault.get(KEY), await vault.take(KEY), await vault.extend(KEY, MINUTE_MS)]).toEqual([
        undefined,
        undefined,
        false,
      ]);
    });

    it.each([
      ['empty', ''],
      ['JSON', '{"a":1}'],
      ['not ASCII', 'línea\n\0\u{1F41F}'],
      ['long', 'x'.repeat(200_000)],
    ])('that is %s comes back as it was', async (_, value) => {
      await vault.put(KEY, value, MINUTE_MS);
      expect(await vault.get(KEY)).toEqual({ value, ttlMs: expect.any(Number) });
      expect(await vault.take(KEY)).toEqual({ value, ttlMs: expect.any(Number) });
    });

    it.each(OTHER_KEYS)('is nothing to the key %j', async (other) => {
      await vault.put(KEY, 'value', MINUTE_MS);
      await vault.delete(other);
      expect([await vault.get(other), await vault.take(other)]).toEqual([undefined, undefined]);
      expect([await vault.extend(other, 1), await vault.replace(other, 'b', MINUTE_MS)]).toEqual([false, false]);
      expect([await valueOf(), await valueOf(other)]).toEqual(['value', undefined]);
    });

    it('gives way to what is put there later, with its time', async () => {
      await vault.put(KEY, 'old', 10 * MINUTE_MS);
      await vault.put(KEY, 'new', 5 * MINUTE_MS);
      expect([await valueOf(), await minutesLeft()]).toEqual(['new', 5]);
    });

    it('is gone once deleted', async () => {
      await vault.put(KEY, 'value', MINUTE_MS);
      await vault.delete(KEY);
      await vault.delete(KEY);
      expect(await vault.get(KEY)).toBeUndefined();
    });
  });

  describe('taking', () => {
    it('leaves nothing', async () => {
      await vault.put(KEY, 'value', 10 * MINUTE_MS);
      const taken = await vault.take(KEY);
      expect(Math.round(taken!.ttlMs / MINUTE_MS)).toBe(10);
      expect([await vault.take(KEY), await vault.get(KEY)]).toEqual([undefined, undefined]);
    });

    it('succeeds for one of a hundred', async () => {
      await vault.put(KEY, 'value', MINUTE_MS);
      const taken = await Promise.all(Array.from({ length: 100 }, () => vault.take(KEY)));
      expect(taken.filter((found) => found !== undefined)).toHaveLength(1);
    });
  });

  describe('replacing', () => {
    it('changes what is there, and its time', async () => {
      await vault.put(KEY, 'old', MINUTE_MS);
      expect(await vault.replace(KEY, 'new', 10 * MINUTE_MS)).toBe(true);
      expect([await valueOf(), await minutesLeft()]).toEqual(['new', 10]);
    });

    it('keeps nothing where there is nothing any more', async () => {
      await vault.put(KEY, 'old', MINUTE_MS);
      await vault.delete(KEY);
      expect(await vault.replace(KEY, 'new', MINUTE_MS)).toBe(false);
      await vault.put(KEY, 'old', MINUTE_MS);
      await subject.elapse(MINUTE_MS);
      expect(await vault.replace(KEY, 'new', MINUTE_MS)).toBe(false);
      expect(await vault.get(KEY)).toBeUndefined();
    });
  });

  describe('time', () => itKeepsTime(open));

  describe('leases', () => itGivesLeases(open));
};
