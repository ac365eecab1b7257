import { Module } from '@nestjs/common';
import { OutboundModule } from '../outbound/index.ts';
import { HealthController } from './health.controller.ts';

@Module({ imports: [OutboundModule], controllers: [HealthController] })
export class OperationsModule {}
