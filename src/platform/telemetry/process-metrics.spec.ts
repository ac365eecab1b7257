import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { createMetrics, type StoppableMetrics } from './create-metrics.ts';
import { measureEventLoop } from './event-loop-metrics.ts';
import { measureProcess } from './process-metrics.ts';
import { TelemetryOptions } from './telemetry.config.ts';

let metrics: StoppableMetrics;
beforeEach(async () => {
  metrics = await createMetrics(new TelemetryOptions(), { clock: new FakeClock(), log: captureLog().log });
});
afterEach(() => metrics.shutdown());

/** The values of a metric, by its labels. */
const read = async (name: string): Promise<Record<string, number>> => {
  const lines = (await metrics.scrape())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
};

const block = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

describe('what is measured of the process', () => {
  it('is its memory, its processor time and its age', async () => {
    measureProcess(metrics.meter);
    expect((await read('process_memory_usage_bytes'))['']).toBeGreaterThan(10_000_000);
    expect(await read('process_cpu_time_seconds_total')).toMatchObject({
      '{cpu_mode="user"}': expect.any(Number),
      '{cpu_mode="system"}': expect.any(Number),
    });
    expect((await read('process_uptime_seconds'))['']).toBeGreaterThan(0);
  });

  it('is its heap, space by space', async () => {
    measureProcess(metrics.meter);
    for (const name of ['used', 'space_size', 'space_available_size', 'space_physical_size'])
      expect(await read(`v8js_memory_heap_${name}_bytes`)).toHaveProperty('{v8js_heap_space_name="old_space"}');
  });
});

describe('the event loop', () => {
  it('is late by as long as it was blocked, and is not any more when that is told', async () => {
    const stop = measureEventLoop(metrics.meter);
    // Sees what the other sees, right after it.
    const witness = monitorEventLoopDelay({ resolution: 20 });
    witness.enable();
    await eventually(() => expect(witness.count).toBeGreaterThan(0));
    block(300);
    await eventually(() => expect(witness.max).toBeGreaterThan(300e6));
    expect((await read('nodejs_eventloop_delay_max_seconds'))['']).toBeGreaterThanOrEqual(0.25);
    await eventually(async () => expect((await read('nodejs_eventloop_delay_max_seconds'))['']).toBeLessThan(0.25));
    witness.disable();
    stop();
  });

  it('is as busy as it is', async () => {
    const stop = measureEventLoop(metrics.meter);
    block(100);
    const busy = (await read('nodejs_eventloop_utilization_ratio'))[''];
    expect(busy).toBeGreaterThan(0.5);
    expect(busy).toBeLessThanOrEqual(1);
    stop();
  });
});
