import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../../test/support/start-redis.ts';
import { SystemClock } from '../clock.ts';
import { EmbeddedDatabase } from '../embedded/embedded-database.ts';
import { RedisConnections } from '../redis/redis-connections.ts';
import { Secret } from '../secret.ts';
import { createRecords } from './create-records.ts';
import { RecordsUnavailable, type Records } from './records.ts';

const GONE = 'Redis does not answer: background calls and idempotency keys cannot be read until it is back';
const BACK = 'Redis is back: background calls and idempotency keys can be read again';
/** A question's 2 s, with room for a busy machine. */
const IN_TIME_MS = 6_000;
const SLOW_MS = 60_000;

class NoEmbeddedDatabase extends EmbeddedDatabase {
  readonly exists = true;
  readonly isOpen = false;
  open(): Promise<never> {
    throw new Error('With Redis nobody opens the embedded store');
  }
}

class OwnConnections extends RedisConnections {
  latest: Redis | undefined;

  override async open(...args: Parameters<RedisConnections['open']>): Promise<Redis> {
    return (this.latest = await super.open(...args));
  }
}

describeWithRedis('without their Redis records', () => {
  let server: TestRedis;
  let connections: OwnConnections;
  let records: Records;
  let log: CapturedLog;
  const start = async (url: string): Promise<void> => {
    connections = new OwnConnections({ url: new Secret(url) }, new SystemClock());
    log = captureLog();
    records = await createRecords(new SystemClock(), log.log, connections, new NoEmbeddedDatabase());
  };
  beforeEach(async () => {
    server = await startRedis();
    await start(server.url);
    if (connections.latest?.status !== 'ready') await once(connections.latest!, 'ready');
  });
  afterEach(async () => {
    // One that is paused would be waited for.
    await server.stop();
    await connections.onApplicationShutdown();
  });

  const messages = (level: string): string[] =>
    log.lines
      .map((line) => JSON.parse(line) as { level: string; msg: string })
      .flatMap((line) => (line.level === level ? line.msg : []));

  const questions: Record<string, () => Promise<unknown>> = {
    insert: () => records.insert('calls', { id: 'a', value: 'secret-input', lists: ['all'] }),
    get: () => records.get('calls', 'a'),
    replace: () => records.replace('calls', 'a', 1, { value: 'secret-input' }),
    delete: () => records.delete('calls', 'a'),
    list: () => records.list('calls', 'all', { limit: 10 }),
    count: () => records.count('calls', 'all'),
  };

  const expectUnavailable = async (): Promise<void> => {
    for (const question of Object.values(questions)) {
      const startedAt = performance.now();
      expect(await rejectionOf(question())).toBeInstanceOf(RecordsUnavailable);
      expect(performance.now() - startedAt).toBeLessThan(IN_TIME_MS);
    }
    await Promise.allSettled(Array.from({ length: 1_000 }, () => records.get('calls', 'a')));
    expect(messages('warn')).toEqual([GONE]);
    expect(log.lines.join('')).not.toMatch('secret-input');
  };

  const expectRecovery = async (): Promise<void> => {
    await eventually(async () => expect(await records.insert('calls', { id: 'new', value: 1 })).toBe(true), 20_000);
    expect([messages('warn'), messages('info')]).toEqual([[GONE], [BACK]]);
  };

  it(
    'are unavailable, and soon say so, while it is gone; they recover',
    async () => {
      await questions['insert']!();
      await server.kill();
      await expectUnavailable();
      await server.restart();
      await expectRecovery();
    },
    SLOW_MS,
  );

  it(
    'are unavailable, and soon say so, while it hangs; what they have is there afterwards',
    async () => {
      await questions['insert']!();
      server.pause();
      await expectUnavailable();
      server.resume();
      await expectRecovery();
      expect(await records.get('calls', 'a')).toBeDefined();
    },
    SLOW_MS,
  );

  it(
    'are made all the same, and wait for no connection',
    async () => {
      await connections.onApplicationShutdown();
      await start('redis://127.0.0.1:1');
      expect(await rejectionOf(records.get('calls', 'a'))).toBeInstanceOf(RecordsUnavailable);
    },
    SLOW_MS,
  );
});
