import { Module } from '@nestjs/common';
import { OutboundModule } from '../../outbound/index.ts';
import { ProviderVitals } from './provider-vitals.ts';

/** How external services do. */
@Module({ imports: [OutboundModule], providers: [ProviderVitals], exports: [ProviderVitals] })
export class VitalsModule {}
