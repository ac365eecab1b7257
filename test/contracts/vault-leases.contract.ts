import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Vault } from '../../src/platform/vault/vault.ts';
import type { VaultUnderTest } from './vault-under-test.ts';

const MINUTE_MS = 60_000;
const KEY = { purpose: 'token', secret: 'correct horse' };

/** What every vault promises of leases. Calls `open` before each test. */
export const itGivesLeases = (open: () => Promise<VaultUnderTest>): void => {
  let subject: VaultUnderTest;
  let vault: Vault;
  beforeEach(async () => {
    subject = await open();
    vault = subject.vault;
  });
  afterEach(() => subject.close());

  it('gives a lease to one of a hundred', async () => {
    const leases = await Promise.all(Array.from({ length: 100 }, () => vault.tryLease(KEY, MINUTE_MS)));
    expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it('gives it to the next one once it is released', async () => {
    const lease = await vault.tryLease(KEY, MINUTE_MS);
    await lease!.release();
    await lease!.release();
    expect(await vault.tryLease(KEY, MINUTE_MS)).toBeDefined();
  });

  it('gives it to the next one once its time is over, and not before', async () => {
    await vault.tryLease(KEY, MINUTE_MS);
    await subject.elapse(MINUTE_MS / 2);
    expect(await vault.tryLease(KEY, MINUTE_MS)).toBeUndefined();
    await subject.elapse(MINUTE_MS / 2);
    expect(await vault.tryLease(KEY, MINUTE_MS)).toBeDefined();
  });

  it('takes it from nobody when somebody releases one that is over', async () => {
    const early = await vault.tryLease(KEY, MINUTE_MS);
    await subject.elapse(MINUTE_MS);
    await vault.tryLease(KEY, MINUTE_MS);
    await early!.release();
    expect(await vault.tryLease(KEY, MINUTE_MS)).toBeUndefined();
  });

  it('gives one for each key', async () => {
    await vault.tryLease(KEY, MINUTE_MS);
    expect(await vault.tryLease({ ...KEY, purpose: 'session' }, MINUTE_MS)).toBeDefined();
    expect(await vault.tryLease({ ...KEY, secret: 'battery staple' }, MINUTE_MS)).toBeDefined();
  });

  it('gives one beside the value of the same key', async () => {
    await vault.put(KEY, 'value', MINUTE_MS);
    const lease = await vault.tryLease(KEY, MINUTE_MS);
    await vault.put(KEY, 'other', MINUTE_MS);
    await vault.delete(KEY);
    expect([await vault.get(KEY), await vault.tryLease(KEY, MINUTE_MS)]).toEqual([undefined, undefined]);
    await vault.put(KEY, 'value', MINUTE_MS);
    await lease!.release();
    expect((await vault.get(KEY))?.value).toBe('value');
  });

  it.each([0, -1, NaN])('gives one of %s ms that is over soon', async (leaseMs) => {
    expect(await vault.tryLease(KEY, leaseMs)).toBeDefined();
    await subject.elapse(1);
    expect(await vault.tryLease(KEY, leaseMs)).toBeDefined();
  });
};
