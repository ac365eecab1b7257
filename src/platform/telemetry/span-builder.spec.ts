import { describe, expect, it } from '@jest/globals';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { SpanBuilder } from './span-builder.ts';
import type { SpanRecord } from './tracing.ts';
import { WallTimes } from './wall-times.ts';

const [TRACE, SPAN, PARENT] = ['a'.repeat(32), 'b'.repeat(16), 'c'.repeat(16)];

const build = (parts: Partial<SpanRecord> = {}, wallTime = 1_700_000_000_000) => {
  const builder = new SpanBuilder(resourceFromAttributes({}), new WallTimes(new FakeClock(wallTime)));
  const record = { name: 'it', kind: SpanKind.CLIENT, traceId: TRACE, spanId: SPAN, startedAt: 0, durationMs: 0 };
  return builder.build({ ...record, attributes: {}, ...parts });
};

describe('SpanBuilder', () => {
  it('tells the time to the nanosecond, in whole seconds and the rest', () => {
    const span = build({ startedAt: 999.5, durationMs: 2_000.75 });
    expect([span.startTime, span.endTime, span.duration]).toEqual([
      [1_700_000_000, 999_500_000],
      [1_700_000_003, 250_000],
      [2, 750_000],
    ]);
  });

  it('never makes a second of the nanoseconds', () => {
    expect(build({ startedAt: 999.999_999_9 }, 0).startTime).toEqual([1, 0]);
  });

  it.each([
    ['somebody else', SpanKind.SERVER, true],
    ['us', SpanKind.CLIENT, false],
  ])('says of a parent that it is of %s', (_whose, kind, isRemote) => {
    const { parentSpanContext } = build({ kind, parentSpanId: PARENT });
    expect(parentSpanContext).toMatchObject({ traceId: TRACE, spanId: PARENT, isRemote });
  });

  it('has no parent where a trace begins', () => {
    expect(build().parentSpanContext).toBeUndefined();
  });

  it('tells why something failed', () => {
    const failed = { code: SpanStatusCode.ERROR, message: 'ECONNRESET' };
    expect([build({ failure: 'ECONNRESET' }).status, build().status]).toEqual([failed, { code: SpanStatusCode.UNSET }]);
  });

  it('links to what it goes back to', () => {
    expect(build({ links: [{ traceId: PARENT + PARENT, spanId: SPAN }] }).links).toMatchObject([
      { context: { traceId: PARENT + PARENT, spanId: SPAN } },
    ]);
  });
});
