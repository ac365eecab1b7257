import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { MeasuringMetrics } from '../../../test/support/measuring.ts';
import { StreamCount } from '../../inbound/streaming/stream-count.ts';
import type { EventStream } from './event-stream.ts';
import { OpenStreams } from './open-streams.ts';
import { StreamMetrics } from './stream-metrics.ts';

const streamOf = (topic: string) => ({ topic, end: () => undefined, close: () => undefined }) as unknown as EventStream;

const setUp = () => {
  const [metrics, streams] = [new MeasuringMetrics(), new OpenStreams(new FakeClock(), new StreamCount())];
  new StreamMetrics(metrics, streams);
  return { metrics, streams };
};

describe('StreamMetrics', () => {
  it('tells how many listen to each topic, as long as they do', async () => {
    const { metrics, streams } = setUp();
    const leave = streams.add(streamOf('ci'));
    for (let n = 0; n < 20; n += 1) streams.add(streamOf('articles'));
    expect(Object.fromEntries(await openOf(metrics))).toEqual({ ci: 1, articles: 20 });
    leave();
    expect(Object.fromEntries(await openOf(metrics))).toEqual({ articles: 20 });
  });

  it('counts those that were dropped', async () => {
    const { metrics, streams } = setUp();
    streams.noteDropped('ci');
    streams.noteDropped('ci');
    expect(await metrics.values('breakwater_event_streams_dropped_total')).toEqual([[{ breakwater_topic: 'ci' }, 2]]);
  });
});

const openOf = async (metrics: MeasuringMetrics): Promise<[string, number][]> =>
  (await metrics.read('breakwater_event_streams_open')).map(({ labels, value }) => [
    labels['breakwater_topic']!,
    value,
  ]);
