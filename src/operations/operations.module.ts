import { Module } from '@nestjs/common';
import { OutboundModule } from '../outbound/index.ts';
import { RealtimeModule } from '../realtime/realtime.module.ts';
import { CacheController } from './cache.controller.ts';
import { ConsoleModule } from './console/console.module.ts';
import { OperatorsCallsModule } from './calls.module.ts';
import { HealthModule } from './health/health.module.ts';
import { LogLevels } from './log-levels.ts';
import { LoggingController } from './logging.controller.ts';
import { MetricsController } from './metrics.controller.ts';
import { ProviderEvents } from './provider-events.ts';
import { ProviderStandings } from './provider-standings.ts';
import { ProvidersController } from './providers.controller.ts';
import { VitalsModule } from './vitals/vitals.module.ts';

@Module({
  imports: [ConsoleModule, HealthModule, OperatorsCallsModule, OutboundModule, RealtimeModule, VitalsModule],
  controllers: [CacheController, LoggingController, MetricsController, ProvidersController],
  providers: [LogLevels, ProviderEvents, ProviderStandings],
})
export class OperationsModule {}
