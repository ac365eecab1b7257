import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReceipt, buildReply } from '../../../test/support/build-call.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import type { AttemptRecord } from '../telemetry/call-receipt.ts';
import type { HeaderMap } from './header-map.ts';
import { outgoingHeaders } from './outgoing-headers.ts';

const [TRACE_ID, SPAN_ID] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

const trace = { traceId: TRACE_ID, flags: '01', spanId: SPAN_ID };
const asked = { requestId: 'request-1', traceId: TRACE_ID, trace };

const TRACEPARENT = expect.stringMatching(
  new RegExp(`^00-${TRACE_ID}-(?!${SPAN_ID})[\\da-f]{16}-01$`),
) as unknown as string;

const headersOf = async (headers: HeaderMap = {}, receipt: object = {}, parts = {}): Promise<HeaderMap> => {
  const { send, calls } = scripted(buildReply());
  await outgoingHeaders('breakwater')(send)(buildCall({ headers, receipt: buildReceipt(receipt), ...parts }));
  return { ...calls[0]!.headers };
};

const newAttempt = (): AttemptRecord => ({ startedAtMs: 0, queuedMs: 0, durationMs: 0 });

describe('outgoingHeaders', () => {
  it('say who we are and what we can read', async () => {
    expect(await headersOf()).toEqual({
      accept: 'application/json',
      'accept-encoding': 'gzip, br, zstd, deflate',
      'user-agent': 'breakwater',
    });
  });

  it('say whose request this is for, and nothing of it in background work', async () => {
    const headers = await headersOf({}, asked);
    expect(headers).toMatchObject({ 'x-request-id': 'request-1', traceparent: TRACEPARENT });
    expect(headers).not.toHaveProperty('tracestate');
    expect(await headersOf()).not.toHaveProperty('x-request-id');
  });

  it('say what others have written beside the trace', async () => {
    const headers = await headersOf({}, { ...asked, trace: { ...trace, state: 'a=1' } });
    expect(headers).toHaveProperty('tracestate', 'a=1');
  });

  it('give each attempt a span of its own, and note it', async () => {
    const attempts = [newAttempt()];
    const one = await headersOf({}, { ...asked, attempts });
    attempts.push(newAttempt());
    const other = await headersOf({}, { ...asked, attempts });
    expect([one, other].map(({ traceparent }) => traceparent)).toEqual(
      attempts.map(({ spanId }) => `00-${TRACE_ID}-${spanId}-01`),
    );
    expect(attempts[0]!.spanId).not.toBe(attempts[1]!.spanId);
  });

  it('give way to those of the call', async () => {
    const own = {
      accept: 'text/csv',
      'accept-encoding': 'identity',
      'user-agent': 'mine',
      'x-request-id': 'other',
      authorization: 'Bearer t',
    };
    expect(await headersOf(own, asked)).toMatchObject(own);
  });
});

describe('outgoingHeaders of what is passed on', () => {
  const passedOn = (headers: HeaderMap, receipt: object = {}): Promise<HeaderMap> =>
    headersOf(headers, { ...asked, ...receipt }, { streams: true });

  it('are those that came, but for a span of its own', async () => {
    const attempts = [newAttempt()];
    const headers = await passedOn({ accept: '*/*', traceparent: `00-${TRACE_ID}-${SPAN_ID}-01` }, { attempts });
    expect(headers).toEqual({ accept: '*/*', traceparent: TRACEPARENT });
    expect(headers['traceparent']).toContain(attempts[0]!.spanId);
  });

  it.each<[string, HeaderMap]>([
    ['sets another trace', { traceparent: `00-${'1'.repeat(32)}-${SPAN_ID}-01` }],
    ['sets something else', { traceparent: 'none' }],
    ['adds one', { traceparent: [`00-${TRACE_ID}-${SPAN_ID}-01`, 'more'] }],
    ['takes it away', { traceparent: undefined }],
  ])('stay as they are where a rule %s', async (_what, headers) => {
    const attempts = [newAttempt()];
    expect(await passedOn({ ...headers }, { attempts })).toEqual(headers);
    expect(attempts[0]).not.toHaveProperty('spanId');
  });
});
