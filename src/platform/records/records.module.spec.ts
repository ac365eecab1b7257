import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { captureLog } from '../../../test/support/captured-log.ts';
import { makeDataDir } from '../../../test/support/open-embedded.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { describeWithRedis, startRedis } from '../../../test/support/start-redis.ts';
import { withEnvironment } from '../../../test/support/with-environment.ts';
import { OperatorMistake } from '../config/operator-mistake.ts';
import { lockDirectory } from '../embedded/directory-lock.ts';
import { Log } from '../logging/log.ts';
import { PlatformModule } from '../platform.module.ts';
import { EmbeddedRecords } from './embedded-records.ts';
import { RecordsModule } from './records.module.ts';
import { Records } from './records.ts';
import { RedisRecords } from './redis-records.ts';

const SLOW_MS = 120_000;

describe('RecordsModule', () => {
  let dataDir: string;
  beforeEach(async () => void (dataDir = await makeDataDir()));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const start = async (REDIS_URL: string, directory = dataDir): Promise<TestingModule> => {
    const module = await withEnvironment({ REDIS_URL, DATA_DIR: directory }, () =>
      Test.createTestingModule({ imports: [PlatformModule, RecordsModule] })
        .overrideProvider(Log)
        .useValue(captureLog().log)
        .compile(),
    );
    return module.init();
  };

  it('opens nothing and makes nothing before it is used, nor with Redis', async () => {
    const nowhere = join(dataDir, 'nowhere');
    const without = await start('', nowhere);
    expect(without.get(Records)).toBeInstanceOf(EmbeddedRecords);
    const withRedis = await start('redis://127.0.0.1:1', nowhere);
    expect(withRedis.get(Records)).toBeInstanceOf(RedisRecords);
    await Promise.all([without.close(), withRedis.close()]);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it(
    'keeps things in DATA_DIR, and opens the store at the start once there is one',
    async () => {
      const first = await start('');
      await first.get(Records).insert('calls', { id: 'a', value: 'kept' });
      await first.close();

      const second = await start('');
      const { message } = (await rejectionOf(start(''))) as Error;
      expect(message).toMatch('another process has it');
      expect(await second.get(Records).get('calls', 'a')).toMatchObject({ value: 'kept' });
      await second.close();

      const release = await lockDirectory(dataDir);
      expect(await rejectionOf(start(''))).toBeInstanceOf(OperatorMistake);
      // With Redis nobody cares for the store.
      await (await start('redis://127.0.0.1:1')).close();
      release();
    },
    SLOW_MS,
  );
});

describeWithRedis('RecordsModule, with a Redis', () => {
  it('keeps things there for all instances', async () => {
    const server = await startRedis();
    const open = () =>
      withEnvironment({ REDIS_URL: server.url }, () =>
        Test.createTestingModule({ imports: [PlatformModule, RecordsModule] }).compile(),
      );
    const [one, other] = [await open(), await open()];
    expect(await one.get(Records).insert('calls', { id: 'a', value: 1 })).toBe(true);
    expect(await other.get(Records).insert('calls', { id: 'a', value: 2 })).toBe(false);
    expect(await other.get(Records).get('calls', 'a')).toMatchObject({ value: 1 });
    await Promise.all([one.close(), other.close()]);
    await server.stop();
  });
});
