import { Module } from '@nestjs/common';
import { OutboundModule } from '../outbound/index.ts';
import { CacheController } from './cache.controller.ts';
import { HealthController } from './health.controller.ts';

@Module({ imports: [OutboundModule], controllers: [CacheController, HealthController] })
export class OperationsModule {}
