import { beforeEach, describe, expect, it } from '@jest/globals';
import { SpanKind } from '@opentelemetry/api';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RecordedTracing } from '../../../test/support/recorded-tracing.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { UpstreamError } from '../../outbound/index.ts';
import { RequestContext } from '../../platform/context/request-context.ts';
import type { Sample } from '../../platform/context/trace-context.ts';
import { NoTracing } from '../../platform/telemetry/no-tracing.ts';
import { traceRun } from './trace-run.ts';

let clock: FakeClock;
let tracing: RecordedTracing;
beforeEach(() => {
  clock = new FakeClock();
  tracing = new RecordedTracing();
});

const contextOf = (sample: Sample): RequestContext => new RequestContext('run', undefined, Infinity, true, sample);

const run = (work: () => Promise<unknown>, isSampled = true) =>
  traceRun({ clock, tracing }, { name: 'poll board', context: contextOf(() => isSampled) }, work);

const failure = new UpstreamError({ code: 'upstream_failed', provider: 'p', operation: 'o', reason: 'status 503' });

describe('traceRun', () => {
  it('tells of the run, as the beginning of a trace', async () => {
    const work = async () => {
      await clock.advance(250);
      return 'changed';
    };
    expect(await run(work)).toBe('changed');
    expect(tracing.spans).toEqual([
      expect.objectContaining({
        name: 'poll board',
        kind: SpanKind.INTERNAL,
        startedAt: 0,
        durationMs: 250,
        attributes: {},
      }),
    ]);
    expect(tracing.spans[0]).toHaveProperty('failure', undefined);
    expect(tracing.spans[0]).not.toHaveProperty('parentSpanId');
  });

  it.each([
    [failure, 'upstream_failed'],
    [new TypeError('of ours, with a value in it'), 'TypeError'],
    ['thrown', 'string'],
  ])('tells that it failed, and fails the same way: %s', async (thrown, type) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    expect(await rejectionOf(run(() => Promise.reject(thrown)))).toBe(thrown);
    expect(tracing.spans).toMatchObject([{ failure: type, attributes: { 'error.type': type } }]);
  });

  it('tells nothing where nothing is recorded', async () => {
    await run(() => Promise.resolve(), false);
    const off = { clock, tracing: new NoTracing() };
    await traceRun(off, { name: 'x', context: contextOf(() => true) }, () => Promise.resolve());
    expect(tracing.spans).toEqual([]);
  });
});
