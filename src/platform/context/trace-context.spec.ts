import { describe, expect, it } from '@jest/globals';
import { isSampled, toTraceContext, toTraceparent } from './trace-context.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';

describe('toTraceContext', () => {
  it.each([
    ['an absent header', undefined],
    ['an empty header', ''],
    ['something else', 'hello'],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['a parent id of zeros', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['version ff', `ff-${TRACE_ID}-${SPAN_ID}-01`],
    ['upper-case hex', `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`],
    ['a trace id that is too short', `00-${TRACE_ID.slice(1)}-${SPAN_ID}-01`],
    ['a trace id that is too long', `00-${TRACE_ID}0-${SPAN_ID}-01`],
    ['no flags', `00-${TRACE_ID}-${SPAN_ID}`],
    ['flags of one digit', `00-${TRACE_ID}-${SPAN_ID}-1`],
    ['flags of three digits', `00-${TRACE_ID}-${SPAN_ID}-012`],
    ['something before it', ` 00-${TRACE_ID}-${SPAN_ID}-01`],
    ['more fields than version 00 has', `00-${TRACE_ID}-${SPAN_ID}-01-extra`],
    ['a dash behind version 00', `00-${TRACE_ID}-${SPAN_ID}-01-`],
    ['another header smuggled in', `00-${TRACE_ID}-${SPAN_ID}-01\r\nx-evil: 1`],
  ])('starts a trace of its own for %s', (_what, header) => {
    const { traceId, flags } = toTraceContext(header);
    expect(traceId).toMatch(/^(?!0{32})[\da-f]{32}$/);
    expect(traceId).not.toBe(TRACE_ID);
    expect(flags).toBe('00');
  });

  it.each([
    ['sampled', `00-${TRACE_ID}-${SPAN_ID}-01`, '01'],
    ['not sampled', `00-${TRACE_ID}-${SPAN_ID}-00`, '00'],
    ['of a future version', `cc-${TRACE_ID}-${SPAN_ID}-01`, '01'],
    ['of a future version with more fields', `cc-${TRACE_ID}-${SPAN_ID}-01-what-the-future-brings`, '01'],
  ])('continues a trace that is %s', (_what, header, flags) => {
    expect(toTraceContext(header)).toEqual({
      traceId: TRACE_ID,
      flags,
      spanId: expect.stringMatching(/^(?!0{16})[\da-f]{16}$/),
      parentSpanId: SPAN_ID,
    });
  });

  it.each([
    ['of a caller who records it', `00-${TRACE_ID}-${SPAN_ID}-01`, true],
    ['of a caller who does not', `00-${TRACE_ID}-${SPAN_ID}-00`, false],
    ['that begins here', undefined, undefined],
  ])('leaves it to the sampler whether a trace is recorded: one %s', (_whose, header, isParentSampled) => {
    for (const [decision, flags] of [
      [true, '01'],
      [false, '00'],
    ] as const) {
      const asked: unknown[] = [];
      const trace = toTraceContext(header, (...told) => {
        asked.push(...told);
        return decision;
      });
      expect([trace.flags, isSampled(trace), asked]).toEqual([flags, decision, [trace.traceId, isParentSampled]]);
    }
  });

  it.each(['a=1', 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE', 'a@b=, \t,c=~', `a=${'z'.repeat(510)}`])(
    'keeps what others have written beside it: %j',
    (state) => expect(toTraceContext(`00-${TRACE_ID}-${SPAN_ID}-01`, undefined, state)).toHaveProperty('state', state),
  );

  it.each(['', '=', '=1', 'a', `a=${'z'.repeat(511)}`, 'a=1\r\nx-evil: 1', 'a=\u00e9', 'a=\u0000', '\u007f=1'])(
    'leaves out what nobody can have written: %j',
    (state) => expect(toTraceContext(`00-${TRACE_ID}-${SPAN_ID}-01`, undefined, state)).not.toHaveProperty('state'),
  );

  it('has nothing of what came beside a trace that is none', () => {
    expect(toTraceContext('hello', undefined, 'a=1')).not.toHaveProperty('state');
  });

  it('starts a different trace each time, however many', () => {
    const ids = new Set(Array.from({ length: 2_000 }, () => toTraceContext(undefined).traceId));
    expect(ids.size).toBe(2_000);
  });
});

describe('toTraceparent', () => {
  it('keeps trace and flags and gives each attempt a span of its own', () => {
    const headers = Array.from({ length: 2_000 }, () =>
      toTraceparent({ traceId: TRACE_ID, flags: '01', spanId: SPAN_ID }),
    );
    expect(new Set(headers).size).toBe(2_000);
    for (const header of headers) expect(header).toMatch(new RegExp(`^00-${TRACE_ID}-[\\da-f]{16}-01$`));
  });
});
