import { Injectable } from '@nestjs/common';
import type { ObservableResult } from '@opentelemetry/api';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { OpenStreams } from './open-streams.ts';

/** Measures who listens, by topic: the code declares those. */
@Injectable()
export class StreamMetrics {
  constructor({ isOn, meter }: Metrics, streams: OpenStreams) {
    if (!isOn) return;
    meter
      .createObservableGauge('breakwater.event_streams.open', { description: 'Streams of events that are open' })
      .addCallback((result) => observe(result, streams.countByTopic()));
    meter
      .createObservableCounter('breakwater.event_streams.dropped', {
        description: 'Streams that were ended because nobody took what waited',
      })
      .addCallback((result) => observe(result, streams.droppedByTopic));
  }
}

const observe = (result: ObservableResult, counts: ReadonlyMap<string, number>): void => {
  for (const [topic, count] of counts) result.observe(count, { 'breakwater.topic': topic });
};
