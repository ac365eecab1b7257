import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { BatchObservableResult, Meter, ObservableGauge } from '@opentelemetry/api';

/** How often it is looked: an idle process wakes that often, too. */
const RESOLUTION_MS = 20;

const NS_IN_S = 1e9;
const NS_IN_MS = 1e6;

type Delay = ReturnType<typeof monitorEventLoopDelay>;

const STATISTICS = {
  min: (delay) => delay.min,
  max: (delay) => delay.max,
  mean: (delay) => delay.mean,
  p50: (delay) => delay.percentile(50),
  p90: (delay) => delay.percentile(90),
  p99: (delay) => delay.percentile(99),
} as const satisfies Record<string, (delay: Delay) => number>;

type Statistic = keyof typeof STATISTICS;

/**
 * How late the event loop is, and how busy, each since it was asked for last: of two that ask, each sees a part. Nothing is
 * told to who asks again before it was looked twice.
 * @returns what ends the watch
 */
export const measureEventLoop = (meter: Meter): (() => void) => {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  measureDelay(meter, delay);
  measureUtilization(meter);
  return () => void delay.disable();
};

const measureDelay = (meter: Meter, delay: Delay): void => {
  const gauges = (Object.keys(STATISTICS) as Statistic[]).map((statistic) => ({
    statistic,
    gauge: meter.createObservableGauge(`nodejs.eventloop.delay.${statistic}`, {
      unit: 's',
      description: `By how much the event loop is late: ${statistic}`,
    }),
  }));
  const observe = (result: BatchObservableResult): void => {
    if (delay.count === 0) return;
    for (const { statistic, gauge } of gauges) result.observe(gauge, toLatenessS(STATISTICS[statistic](delay)));
    delay.reset();
  };
  meter.addBatchObservableCallback(
    observe,
    gauges.map(({ gauge }): ObservableGauge => gauge),
  );
};

/** What Node measures is from one look to the next: what is late is what goes beyond the time between them. */
const toLatenessS = (ns: number): number => Math.max(0, ns - RESOLUTION_MS * NS_IN_MS) / NS_IN_S;

const measureUtilization = (meter: Meter): void => {
  let last = performance.eventLoopUtilization();
  meter
    .createObservableGauge('nodejs.eventloop.utilization', {
      unit: '1',
      description: 'Share of the time in which the event loop was busy',
    })
    .addCallback((result) => {
      const now = performance.eventLoopUtilization();
      result.observe(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    });
};
