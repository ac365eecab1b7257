import { Module } from '@nestjs/common';
import { OutboundModule } from '../outbound/index.ts';
import { RealtimeModule } from '../realtime/realtime.module.ts';
import { CacheController } from './cache.controller.ts';
import { OperatorsCallsModule } from './calls.module.ts';
import { HealthController } from './health.controller.ts';
import { ProviderEvents } from './provider-events.ts';

@Module({
  imports: [OperatorsCallsModule, OutboundModule, RealtimeModule],
  controllers: [CacheController, HealthController],
  providers: [ProviderEvents],
})
export class OperationsModule {}
