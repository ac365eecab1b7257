import { Module } from '@nestjs/common';
import { OutboundModule } from '../../outbound/index.ts';
import { RecordsModule } from '../../platform/records/records.module.ts';
import { RedisModule } from '../../platform/redis/redis.module.ts';
import { VitalsModule } from '../vitals/vitals.module.ts';
import { HealthController } from './health.controller.ts';
import { OwnStores } from './own-stores.ts';
import { ProviderReports } from './provider-reports.ts';
import { Readiness } from './readiness.ts';
import { StoreMetrics } from './store-metrics.ts';

/** What is asked of this process, and of what it depends on. */
@Module({
  imports: [OutboundModule, RecordsModule, RedisModule, VitalsModule],
  controllers: [HealthController],
  providers: [OwnStores, ProviderReports, Readiness, StoreMetrics],
})
export class HealthModule {}
