import { createNoopMeter } from '@opentelemetry/api';
import { Metrics } from './metrics.ts';

/** Nothing is measured: instruments may be made, and do nothing. */
export class NoMetrics extends Metrics {
  readonly isOn = false;
  readonly meter = createNoopMeter();

  scrape(): Promise<string> {
    return Promise.resolve('');
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
