import { afterEach, describe, expect, it } from '@jest/globals';
import { EmbeddedDatabase } from '../../../src/platform/embedded/embedded-database.ts';
import { Readiness } from '../../../src/operations/health/readiness.ts';
import { ask, jsonOf, problemOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';

const SLOW_MS = 120_000;

let breakwater: TestApp;
afterEach(() => breakwater.close());

const ready = () => ask(`${breakwater.url}/health/ready`);
const live = () => ask(`${breakwater.url}/health/live`);

describe('a process that needs no store', () => {
  it('is ready, and opens none to find out', async () => {
    breakwater = await createApp();
    expect(jsonOf(await ready())).toEqual({ status: 'ok', checks: {} });
    expect(breakwater.app.get(EmbeddedDatabase, { strict: false }).isOpen).toBe(false);
  });

  it('is not ready any more once it is about to stop, but lives', async () => {
    breakwater = await createApp();
    breakwater.app.get(Readiness, { strict: false }).onModuleDestroy();
    expect(problemOf(await ready())).toMatchObject({
      status: 503,
      code: 'unavailable',
      detail: 'This process is stopping',
    });
    expect(jsonOf(await live())).toEqual({ status: 'ok' });
  });
});

describe('a process that has opened the store in DATA_DIR', () => {
  it(
    'is ready while that answers, and names it when it does not',
    async () => {
      breakwater = await createApp();
      const database = await breakwater.app.get(EmbeddedDatabase, { strict: false }).open();
      expect(jsonOf(await ready())).toEqual({ status: 'ok', checks: { embedded: 'up' } });
      await database.close();
      await eventually(async () => {
        const answer = await ready();
        expect(problemOf(answer)).toMatchObject({ code: 'unavailable', detail: 'Does not answer: embedded' });
        expect(answer.headers.get('retry-after')).toBe('1');
      });
    },
    SLOW_MS,
  );
});

describeWithRedis('a process with a Redis', () => {
  let redis: TestRedis;
  afterEach(() => redis.stop());

  const start = async (): Promise<void> => {
    redis = await startRedis();
    breakwater = await createApp({ env: { REDIS_URL: redis.url } });
  };

  it('is ready, for all who ask at the same time', async () => {
    await start();
    await eventually(async () => expect((await ready()).status).toBe(200));
    const answers = await Promise.all(Array.from({ length: 20 }, ready));
    expect(answers.map(jsonOf)).toEqual(Array(20).fill({ status: 'ok', checks: { redis: 'up' } }));
  });

  it('is not ready while Redis is silent, says no more than its name, and is ready again when Redis is back', async () => {
    await start();
    await eventually(async () => expect((await ready()).status).toBe(200));
    redis.pause();
    await eventually(async () => {
      const answer = await ready();
      expect(problemOf(answer)).toMatchObject({ code: 'unavailable', detail: 'Does not answer: redis' });
      expect(answer.text).not.toMatch(/127\.0\.0\.1|ECONN|timeout/);
    }, 20_000);
    expect(jsonOf(await live())).toEqual({ status: 'ok' });
    redis.resume();
    await eventually(async () => expect((await ready()).status).toBe(200), 20_000);
  });
});
