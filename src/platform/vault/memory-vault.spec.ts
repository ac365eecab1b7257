import { describe, expect, it } from '@jest/globals';
import type { VaultUnderTest } from '../../../test/contracts/vault-under-test.ts';
import { itIsAVault } from '../../../test/contracts/vault.contract.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { MemoryVault } from './memory-vault.ts';

const open = (): Promise<VaultUnderTest> => {
  const clock = new FakeClock();
  const vault = new MemoryVault(clock);
  return Promise.resolve({ vault, elapse: (byMs) => clock.advance(byMs), close: () => Promise.resolve() });
};

describe('the vault in memory', () => {
  itIsAVault(open);

  const session = { purpose: 'session', secret: 'correct horse' };

  it('loses no session to any number of logins, and no lease', async () => {
    const vault = new MemoryVault(new FakeClock(), 10);
    await vault.put(session, 'value', 1_000);
    await vault.tryLease({ purpose: 'login', secret: '0' }, 1_000);
    for (let login = 0; login < 100; login += 1) {
      await vault.put({ purpose: 'login', secret: String(login) }, 'login', 600_000);
    }
    expect((await vault.get(session))?.value).toBe('value');
    expect(await vault.get({ purpose: 'login', secret: '89' })).toBeUndefined();
    expect((await vault.get({ purpose: 'login', secret: '90' }))?.value).toBe('login');
    expect(await vault.tryLease({ purpose: 'login', secret: '0' }, 1_000)).toBeUndefined();
  });

  it('holds 10,000 of a purpose', async () => {
    const vault = new MemoryVault(new FakeClock());
    for (let index = 0; index <= 10_000; index += 1) {
      await vault.put({ purpose: 'session', secret: String(index) }, 'value', 600_000 + index);
    }
    expect(await vault.get({ purpose: 'session', secret: '0' })).toBeUndefined();
    expect(await vault.get({ purpose: 'session', secret: '1' })).toBeDefined();
  });

  it('needs no timer', async () => {
    const clock = new FakeClock();
    const vault = new MemoryVault(clock);
    await vault.put(session, 'value', 1_000);
    await vault.tryLease(session, 1_000);
    expect(clock.pending).toBe(0);
  });
});
