import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { captureLog } from '../../../test/support/captured-log.ts';
import { describeWithRedis, startRedis } from '../../../test/support/start-redis.ts';
import { withEnvironment } from '../../../test/support/with-environment.ts';
import { Log } from '../logging/log.ts';
import { PlatformModule } from '../platform.module.ts';
import { MemoryVault } from './memory-vault.ts';
import { RedisVault } from './redis-vault.ts';
import { VaultModule } from './vault.module.ts';
import { Vault } from './vault.ts';

const start = (REDIS_URL: string) =>
  withEnvironment({ REDIS_URL }, () =>
    Test.createTestingModule({ imports: [PlatformModule, VaultModule] })
      .overrideProvider(Log)
      .useValue(captureLog().log)
      .compile(),
  );

describe('VaultModule', () => {
  it('keeps things in memory when there is no Redis', async () => {
    const module = await start('');
    expect(module.get(Vault)).toBeInstanceOf(MemoryVault);
    await module.close();
  });

  it('starts without its Redis, and stops', async () => {
    const module = await start('redis://127.0.0.1:1');
    expect(module.get(Vault)).toBeInstanceOf(RedisVault);
    await module.close();
  });
});

describeWithRedis('VaultModule, with a Redis', () => {
  it('keeps things there, and closes its connection in the end', async () => {
    const server = await startRedis();
    const [one, other] = [await start(server.url), await start(server.url)];
    const key = { purpose: 'session', secret: 'correct horse' };
    await one.get(Vault).put(key, 'value', 60_000);
    expect((await other.get(Vault).get(key))?.value).toBe('value');
    await Promise.all([one.close(), other.close()]);
    await server.stop();
  });
});
