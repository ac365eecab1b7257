import { createNoopMeter } from '@opentelemetry/api';
import { SystemClock } from '../clock.ts';
import { Histograms } from './histograms.ts';
import { Metrics } from './metrics.ts';

/** Nothing is measured: instruments may be made, and do nothing. */
export class NoMetrics extends Metrics {
  readonly isOn = false;
  readonly meter = createNoopMeter();
  readonly histograms = new Histograms(new SystemClock());

  scrape(): Promise<string> {
    return Promise.resolve('');
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
