import { Module } from '@nestjs/common';
import { OutboundModule } from '../../../../src/outbound/index.ts';
import { SemaphoreClient } from './semaphore.client.ts';
import { semaphore } from './semaphore.provider.ts';

@Module({ imports: [OutboundModule.forProvider(semaphore)], providers: [SemaphoreClient], exports: [SemaphoreClient] })
export class SemaphoreModule {}
