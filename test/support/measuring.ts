import type { Meter } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { SystemClock } from '../../src/platform/clock.ts';
import { CurrentExporter } from '../../src/platform/telemetry/current-gauges.ts';
import { Histograms } from '../../src/platform/telemetry/histograms.ts';
import { Metrics } from '../../src/platform/telemetry/metrics.ts';
import { withUnits } from '../../src/platform/telemetry/prometheus-names.ts';

/** One line of what is scraped. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Metrics that are kept for a test, by OpenTelemetry's own SDK. */
export class MeasuringMetrics extends Metrics {
  readonly isOn = true;
  readonly meter: Meter;
  readonly histograms = new Histograms(new SystemClock());
  readonly #exporter = new CurrentExporter(this.histograms);

  constructor() {
    super();
    this.meter = new MeterProvider({ readers: [this.#exporter] }).getMeter('test');
  }

  async scrape(): Promise<string> {
    const { resourceMetrics } = await this.#exporter.collect();
    return new PrometheusSerializer('', false, undefined, true, true).serialize(withUnits(resourceMetrics));
  }

  /** All samples of one metric, by its name in Prometheus. */
  async read(name: string): Promise<Sample[]> {
    return parseSamples(await this.scrape()).filter((sample) => sample.name === name);
  }

  /** Labels and values of one metric. */
  async values(name: string): Promise<[labels: object, value: number][]> {
    return (await this.read(name)).map(({ labels, value }) => [labels, value]);
  }
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Prometheus's text format, as far as it is written by us. */
export const parseSamples = (text: string): Sample[] =>
  text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
    if (name === undefined || line.startsWith('#')) return [];
    const pairs = [...labels.matchAll(LABEL)].map(([, label, text]) => [label, text] as const);
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
  });
