import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Clock } from '../clock.ts';
import { Log } from '../logging/log.ts';
import { createMetrics, type StoppableMetrics } from './create-metrics.ts';
import { createTracing, type StoppableTracing } from './create-tracing.ts';
import { measureEventLoop } from './event-loop-metrics.ts';
import { Metrics } from './metrics.ts';
import { measureProcess } from './process-metrics.ts';
import { telemetryConfig, type TelemetryOptions } from './telemetry.config.ts';
import { Tracing } from './tracing.ts';

const inject = [telemetryConfig.KEY, Clock, Log];

/** Where all that is measured and traced goes, for whoever has something to tell. */
@Global()
@Module({
  imports: [ConfigModule.forFeature(telemetryConfig)],
  providers: [
    {
      provide: Metrics,
      inject,
      useFactory: (options: TelemetryOptions, clock: Clock, log: Log) => createMetrics(options, { clock, log }),
    },
    {
      provide: Tracing,
      inject,
      useFactory: (options: TelemetryOptions, clock: Clock, log: Log) => createTracing(options, { clock, log }),
    },
  ],
  exports: [ConfigModule, Metrics, Tracing],
})
export class TelemetryModule implements OnApplicationShutdown {
  readonly #stopWatching: () => void = () => undefined;

  constructor(
    @Inject(Metrics) private readonly metrics: StoppableMetrics,
    @Inject(Tracing) private readonly tracing: StoppableTracing,
  ) {
    if (!metrics.isOn) return;
    measureProcess(metrics.meter);
    this.#stopWatching = measureEventLoop(metrics.meter);
  }

  /** After the last request: what came last is sent, too. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.metrics.shutdown(), this.tracing.shutdown()]);
    this.#stopWatching();
  }
}
