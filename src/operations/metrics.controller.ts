import { Controller, Get, Header, Inject, NotFoundException, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { OperatorsOnly } from '../inbound/operators/operators.guard.ts';
import { ApiProblems } from '../inbound/problems/api-problems.ts';
import { Metrics } from '../platform/telemetry/metrics.ts';
import { isScraped } from '../platform/telemetry/otlp-target.ts';
import { telemetryConfig, type TelemetryOptions } from '../platform/telemetry/telemetry.config.ts';

const OFF =
  'No metrics are kept to be fetched: have `prometheus` in OTEL_METRICS_EXPORTER, or leave it unset, and OTEL_SDK_DISABLED too';

/** What Prometheus fetches, with OPS_TOKEN as its bearer token. */
@ApiTags('operations')
@OperatorsOnly()
@Controller({ path: 'metrics', version: VERSION_NEUTRAL })
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    @Inject(telemetryConfig.KEY) private readonly options: TelemetryOptions,
  ) {}

  /** @throws NotFoundException when metrics go elsewhere, or nowhere */
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: "All metrics in Prometheus's text format, for operators" })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems('not_found')
  scrape(): Promise<string> {
    if (!isScraped(this.options)) throw new NotFoundException(OFF);
    return this.metrics.scrape();
  }
}
