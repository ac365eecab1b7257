import { expect } from '@jest/globals';
import { createApp, type TestApp, type TestAppOptions } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { startOtlpReceiver, type OtlpReceiver, type OtlpSpan } from '../../support/otlp-receiver.ts';

/** As OTLP has them. */
export const KIND = { internal: 1, server: 2, client: 3, consumer: 5 } as const;

/** Of a caller that records its trace. */
export const CALLER = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' } as const;

export const traceparent = (flags: '00' | '01', traceId: string = CALLER.traceId): string =>
  `00-${traceId}-${CALLER.spanId}-${flags}`;

/** Variables by which spans go to that receiver, soon after they are made. */
export const tracedTo = (receiver: Pick<OtlpReceiver, 'url'>): Record<string, string> => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_BSP_SCHEDULE_DELAY: '20',
});

export interface TraceScene {
  readonly receiver: OtlpReceiver;
  readonly breakwater: TestApp;
  /** All spans of that trace, once as many have come; the first to begin comes first. */
  spans(traceId: string, count: number): Promise<OtlpSpan[]>;
  /** Stops the application, which sends the last spans, and the receiver. */
  close(): Promise<void>;
}

/** The application with a collector; `start` makes it, where it is not to be a plain one. */
export const openTraceScene = async (
  options: TestAppOptions = {},
  start: (options: TestAppOptions) => Promise<TestApp> = createApp,
): Promise<TraceScene> => {
  const receiver = await startOtlpReceiver();
  const breakwater = await start({ ...options, env: { ...tracedTo(receiver), ...options.env } });
  const spans = (traceId: string): OtlpSpan[] =>
    receiver
      .spans()
      .filter((span) => span.traceId === traceId)
      .sort((one, other) => Number(BigInt(one.startTimeUnixNano) - BigInt(other.startTimeUnixNano)));
  return {
    receiver,
    breakwater,
    spans: async (traceId, count) => {
      await eventually(() => expect(spans(traceId)).toHaveLength(count));
      return spans(traceId);
    },
    close: async () => {
      await breakwater.close();
      await receiver.close();
    },
  };
};

let last = 0;

/** The id of a trace that no other test has. */
export const newTraceId = (): string => (last += 1).toString(16).padStart(32, 'ab');

/** Where a span begins and ends, in ns since 1970. */
export const timesOf = ({ startTimeUnixNano, endTimeUnixNano }: OtlpSpan): [bigint, bigint] => [
  BigInt(startTimeUnixNano),
  BigInt(endTimeUnixNano),
];
