import { describe, expect, it } from '@jest/globals';
import { AggregationTemporality, InstrumentType } from '@opentelemetry/sdk-metrics';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { toTemporality } from './current-gauges.ts';
import { Histograms } from './histograms.ts';
import { OtelMetrics } from './otel-metrics.ts';

const open = (): OtelMetrics =>
  new OtelMetrics({
    ...{ clock: new FakeClock(), log: captureLog().log, histograms: new Histograms(new FakeClock()) },
    ...{ resource: {}, isScraped: true, exporter: undefined },
  });

describe('gauges', () => {
  it('tell nothing any more of what is gone', async () => {
    const metrics = open();
    const there = new Set(['lighthouse', 'buoy']);
    metrics.meter
      .createObservableGauge('lamps')
      .addCallback((result) => there.forEach((name) => result.observe(1, { name })));
    expect(await metrics.scrape()).toContain('lamps{name="buoy"} 1');
    there.delete('buoy');
    expect(await metrics.scrape()).toMatch(/^lamps\{name="lighthouse"\} 1$/m);
    expect(await metrics.scrape()).not.toContain('buoy');
  });

  it('tell of as many as there may be', async () => {
    const metrics = open();
    metrics.meter.createObservableGauge('lamps').addCallback((result) => {
      for (let number = 0; number < 10_000; number += 1) result.observe(1, { number });
    });
    expect((await metrics.scrape()).match(/^lamps\{number="\d+"\} 1$/gm)).toHaveLength(10_000);
  });

  it('are told whole to each of several who ask at once', async () => {
    const metrics = open();
    let asked = 0;
    metrics.meter.createObservableGauge('lamps').addCallback((result) => result.observe(1));
    // Who came later waits longer for it.
    metrics.meter.createObservableGauge('tide').addCallback(async (result) => {
      for (let turns = (asked += 1); turns > 0; turns -= 1) await new Promise(setImmediate);
      result.observe(1);
    });
    const scrapes = await Promise.all([metrics.scrape(), metrics.scrape(), metrics.scrape()]);
    expect(scrapes.map((text) => text.includes('lamps 1'))).toEqual([true, true, true]);
  });

  it('leave counters as they are', async () => {
    const metrics = open();
    metrics.meter.createObservableCounter('waves').addCallback((result) => result.observe(7));
    metrics.meter.createCounter('gusts').add(2);
    await metrics.scrape();
    const text = await metrics.scrape();
    expect([text.includes('waves_total 7'), text.includes('gusts_total 2')]).toEqual([true, true]);
    expect(toTemporality(InstrumentType.COUNTER, AggregationTemporality.DELTA)).toBe(AggregationTemporality.DELTA);
  });
});
