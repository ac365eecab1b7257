import { Injectable } from '@nestjs/common';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { Readiness } from './readiness.ts';

/**
 * `breakwater.store.up`: whether our own stores answer, as `/health/ready` has it. They are asked when metrics are collected, once a
 * second at most, and hold nobody up for longer than that.
 */
@Injectable()
export class StoreMetrics {
  constructor({ isOn, meter }: Metrics, readiness: Readiness) {
    if (!isOn) return;
    const gauge = meter.createObservableGauge('breakwater.store.up', {
      description: '1 while a store of our own answers, 0 while it does not; absent while it is not used',
    });
    gauge.addCallback(async (observed) => {
      for (const [store, state] of Object.entries(await readiness.look()))
        observed.observe(state === 'up' ? 1 : 0, { 'breakwater.store': store });
    });
  }
}
