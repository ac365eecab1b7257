import type { Attributes, Meter } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, type IMetricReader } from '@opentelemetry/sdk-metrics';
import type { Cancel, Clock } from '../clock.ts';
import type { Log } from '../logging/log.ts';
import { CurrentExporter } from './current-gauges.ts';
import { SCOPE } from './histogram-producer.ts';
import type { Histograms } from './histograms.ts';
import { Metrics } from './metrics.ts';
import { withUnits } from './prometheus-names.ts';
import { tellDiagnostics } from './tell-diagnostics.ts';

/** How long a stop waits for the last metrics to be taken. */
const LAST_EXPORT_MS = 2_000;

interface Parts {
  readonly clock: Clock;
  readonly log: Log;
  readonly resource: Attributes;
  readonly isScraped: boolean;
  readonly histograms: Histograms;
  /** Sends to a collector; undefined when there is none. */
  readonly exporter: IMetricReader | undefined;
}

/**
 * OpenTelemetry's SDK. It is given no views: they would make its readers share what they have not read yet, and one that
 * nobody asks, as `/metrics` without a Prometheus, would keep all that the other has read. Instruments bring their buckets.
 */
export class OtelMetrics extends Metrics {
  readonly isOn = true;
  readonly meter: Meter;
  readonly histograms: Histograms;
  readonly #provider: MeterProvider;
  readonly #scraped: CurrentExporter | undefined;
  #scrape: Promise<string> | undefined;
  /** Without its prefix, our own labels and no others: scopes are of no use to who reads a dashboard. */
  readonly #serializer = new PrometheusSerializer('', false, undefined, false, true);

  constructor(private readonly parts: Parts) {
    super();
    tellDiagnostics(parts.log);
    this.histograms = parts.histograms;
    this.#scraped = parts.isScraped ? new CurrentExporter(parts.histograms) : undefined;
    const readers = [this.#scraped, parts.exporter].filter((reader) => reader !== undefined);
    this.#provider = new MeterProvider({ resource: resourceFromAttributes(parts.resource), readers });
    this.meter = this.#provider.getMeter(SCOPE.name);
  }

  /** Who comes while another is being answered gets the same. */
  scrape(): Promise<string> {
    if (this.#scraped === undefined) return Promise.resolve('');
    return (this.#scrape ??= this.collect(this.#scraped).finally(() => (this.#scrape = undefined)));
  }

  async shutdown(): Promise<void> {
    let cancel: Cancel = () => undefined;
    const tooLong = new Promise<void>((resolve) => (cancel = this.parts.clock.schedule(resolve, LAST_EXPORT_MS)));
    const sent = this.#provider.shutdown().catch(() => undefined);
    await Promise.race([sent, tooLong]);
    cancel();
  }

  private async collect(scraped: CurrentExporter): Promise<string> {
    const { resourceMetrics, errors } = await scraped.collect();
    // The others are there all the same.
    for (const error of errors) this.parts.log.debug({ error }, 'A metric cannot be read');
    return this.#serializer.serialize(withUnits(resourceMetrics));
  }
}
