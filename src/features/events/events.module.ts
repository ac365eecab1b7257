import { Module } from '@nestjs/common';
import { InboundModule } from '../../inbound/inbound.module.ts';
import { RealtimeModule } from '../../realtime/realtime.module.ts';
import { EventStreams } from './event-streams.ts';
import { EventsController } from './events.controller.ts';
import { OpenStreams } from './open-streams.ts';
import { StreamMetrics } from './stream-metrics.ts';
import { StreamPlaces } from './stream-places.ts';

/** What happens, told to whoever listens. The topics are declared by those they are about. */
@Module({
  imports: [InboundModule, RealtimeModule],
  controllers: [EventsController],
  providers: [EventStreams, OpenStreams, StreamMetrics, StreamPlaces],
})
export class EventsModule {}
