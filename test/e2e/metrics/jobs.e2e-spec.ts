import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import { Metrics } from '../../../src/platform/telemetry/metrics.ts';
import { backgroundProbe } from '../../support/background-probe.module.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { parseSamples } from '../../support/measuring.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';

const CALL = { operation: 'probe.writeOnce', input: { to: '/x', from: '/x' }, owner: null };

/** How many there are in each state; nothing when nobody can say. */
const jobsOf = async ({ app }: TestApp): Promise<Record<string, number>> => {
  const samples = parseSamples(await app.get(Metrics).scrape()).filter(({ name }) => name === 'breakwater_jobs');
  return Object.fromEntries(samples.map(({ labels, value }) => [labels['breakwater_job_state'] ?? '', value]));
};

describe('background calls that nobody has asked for', () => {
  it('are not counted, and no store is opened for it', async () => {
    const directory = join(tmpdir(), `breakwater-data-${randomUUID()}`);
    const breakwater = await createApp({ env: { DATA_DIR: directory } });
    expect(await jobsOf(breakwater)).toEqual({});
    expect(existsSync(directory)).toBe(false);
    await breakwater.close();
  });
});

describeWithRedis('background calls in Redis', () => {
  let redis: TestRedis;
  let breakwater: TestApp;
  beforeEach(async () => {
    redis = await startRedis();
    const imports = [backgroundProbe({ baseUrl: 'http://127.0.0.1:9', operations: { write: {} } })];
    breakwater = await createApp({ env: { REDIS_URL: redis.url }, imports });
  });
  afterEach(async () => {
    redis.resume();
    await breakwater.close();
    await redis.stop();
  });

  it('are counted for all processes that share it', async () => {
    // There is no worker.
    await breakwater.app.get(BackgroundCalls, { strict: false }).submit(CALL);
    expect(await jobsOf(breakwater)).toEqual({ queued: 1, running: 0, failed: 0, outcome_unknown: 0 });
  });

  it('hold nobody up who asks for metrics while Redis hangs', async () => {
    redis.pause();
    const scraped = await breakwater.app.get(Metrics).scrape();
    expect(scraped).toContain('breakwater_bulkhead_limit{');
    expect(await jobsOf(breakwater)).toEqual({});
    redis.resume();
    await eventually(async () => expect(await jobsOf(breakwater)).toMatchObject({ queued: 0 }), 30_000);
  });
});
