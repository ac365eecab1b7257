import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { ageVault } from '../../../test/contracts/age-vault.ts';
import { openVault } from '../../../test/support/open-vault.ts';
import type { VaultUnderTest } from '../../../test/contracts/vault-under-test.ts';
import { itIsAVault } from '../../../test/contracts/vault.contract.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import { toName } from './names.ts';
import type { Vault } from './vault.ts';

const MINUTE_MS = 60_000;
const KEY = { purpose: 'session', secret: 'correct-horse-battery' };
const NAME = toName(KEY);

describeWithRedis('the vault in Redis', () => {
  let server: TestRedis;
  let admin: Redis;
  let vault: Vault;
  let close: () => Promise<void>;
  beforeAll(async () => {
    server = await startRedis();
    admin = new Redis(server.url);
    // Time stands still for the guard: a busy machine makes nothing unavailable.
    const instance = await openVault(server.url, new FakeClock());
    await instance.connected();
    ({ vault, close } = instance);
  });
  beforeEach(() => admin.flushall());
  afterAll(async () => {
    await close();
    admin.disconnect();
    await server.stop();
  });

  const open = (): Promise<VaultUnderTest> =>
    Promise.resolve({ vault, elapse: (byMs) => ageVault(admin, byMs), close: () => Promise.resolve() });
  itIsAVault(open);

  it('shows neither secret nor value, in no name and no value, and keeps nothing for ever', async () => {
    await vault.put(KEY, '{"token":"hunter2-hunter2"}', MINUTE_MS);
    await vault.replace(KEY, '{"token":"hunter3-hunter3"}', MINUTE_MS);
    await vault.tryLease(KEY, MINUTE_MS);
    const names = await admin.keys('*');
    expect(names.sort()).toEqual([NAME, `${NAME}:lease`]);
    for (const name of names) {
      const seen = `${name} ${(await admin.getBuffer(name))!.toString('latin1')}`;
      expect(seen).not.toMatch(/correct|horse|hunter|token/);
      expect(await admin.pttl(name)).toBeGreaterThan(0);
    }
  });

  const expectAbsent = async (): Promise<void> => {
    expect([await vault.get(KEY), await vault.take(KEY)]).toEqual([undefined, undefined]);
    await vault.put(KEY, 'other', MINUTE_MS);
    expect((await vault.get(KEY))?.value).toBe('other');
  };

  it.each([0, 1, 13, -17, -1])('gives nothing of which the byte at %i was changed', async (at) => {
    await vault.put(KEY, 'value', MINUTE_MS);
    const sealed = (await admin.getBuffer(NAME))!;
    const position = (sealed.length + at) % sealed.length;
    await admin.setrange(NAME, position, Buffer.of(sealed[position]! ^ 1));
    await expectAbsent();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['text', () => admin.set(NAME, 'garbage', 'PX', MINUTE_MS)],
    ['nothing at all', () => admin.set(NAME, '', 'PX', MINUTE_MS)],
    ['a list', async () => [await admin.rpush(NAME, 'a'), await admin.pexpire(NAME, MINUTE_MS)]],
    ['what never expires', async () => [await vault.put(KEY, 'value', MINUTE_MS), await admin.persist(NAME)]],
    [
      'what is of another key',
      async () => {
        const other = { ...KEY, secret: 'other' };
        await vault.put(other, 'value', MINUTE_MS);
        await admin.rename(toName(other), NAME);
      },
    ],
  ])('gives nothing when there is %s', async (_, poison) => {
    await poison();
    await expectAbsent();
  });

  it('gives no lease and takes none away when there is something else in its place', async () => {
    const lease = await vault.tryLease(KEY, MINUTE_MS);
    await admin.del(`${NAME}:lease`);
    await admin.rpush(`${NAME}:lease`, 'garbage');
    await lease!.release();
    expect(await vault.tryLease(KEY, MINUTE_MS)).toBeUndefined();
  });

  it('works again after Redis forgot the scripts', async () => {
    await vault.put(KEY, 'value', MINUTE_MS);
    await admin.script('FLUSH');
    expect((await vault.get(KEY))?.value).toBe('value');
  });
});
