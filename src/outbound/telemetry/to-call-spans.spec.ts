import { describe, expect, it } from '@jest/globals';
import { SpanKind } from '@opentelemetry/api';
import { buildReceipt } from '../../../test/support/build-call.ts';
import type { SpanRecord } from '../../platform/telemetry/tracing.ts';
import type { AttemptRecord, CallReceipt } from './call-receipt.ts';
import { toCallSpans } from './to-call-spans.ts';

const [TRACE_ID, SERVER_SPAN] = ['a'.repeat(32), 'b'.repeat(16)];

const attempt = (parts: Partial<AttemptRecord> = {}): AttemptRecord => ({
  startedAtMs: 0,
  queuedMs: 0,
  dispatchedMs: 1,
  durationMs: 10,
  spanId: '1'.repeat(16),
  server: 'https://api.example.com',
  ...parts,
});

const spansOf = (parts: Partial<CallReceipt>): SpanRecord[] =>
  toCallSpans(buildReceipt({ startedAt: 1_000, ...parts }), { traceId: TRACE_ID, flags: '01', spanId: SERVER_SPAN });

describe('the spans of a call', () => {
  it('are one for each attempt that was sent', () => {
    const refused: AttemptRecord = { startedAtMs: 50, queuedMs: 40, durationMs: 40, code: 'overloaded', error: 'full' };
    const phases = { queuedMs: 2.504, dispatchedMs: 3, sentMs: 4.25, firstByteMs: 8 };
    const spans = spansOf({
      attempts: [
        attempt({ status: 503 }),
        refused,
        attempt({ startedAtMs: 100, spanId: '2'.repeat(16), ...phases, status: 200 }),
      ],
    });
    expect(spans).toMatchObject([
      { spanId: '1'.repeat(16), startedAt: 1_001, durationMs: 9, failure: 'answered 503' },
      { spanId: '2'.repeat(16), startedAt: 1_103, durationMs: 7, failure: undefined },
    ]);
    expect(spans[1]).toMatchObject({
      name: 'GET /things/{}',
      kind: SpanKind.CLIENT,
      parentSpanId: SERVER_SPAN,
      traceId: TRACE_ID,
    });
    expect(spans[1]!.attributes).toEqual({
      'http.request.method': 'GET',
      'url.template': '/things/{}',
      'server.address': 'api.example.com',
      'server.port': 443,
      'http.response.status_code': 200,
      'http.request.resend_count': 1,
      'breakwater.provider': 'fixture',
      'breakwater.operation': 'getThing',
      'breakwater.queued_ms': 2.5,
      'breakwater.sent_ms': 1.25,
      'breakwater.first_byte_ms': 5,
    });
  });

  it('are one for each server that an attempt was sent to', () => {
    const earlier = { spanId: '3'.repeat(16), server: 'http://[::1]:8080', dispatchedMs: 1, endedMs: 4 };
    const spans = spansOf({
      attempts: [
        attempt({
          earlier: [{ ...earlier, code: 'upstream_unreachable', error: 'ECONNREFUSED' }],
          dispatchedMs: 5,
          status: 200,
        }),
      ],
    });
    expect(spans).toMatchObject([
      { spanId: '3'.repeat(16), startedAt: 1_001, durationMs: 3, failure: 'ECONNREFUSED' },
      { spanId: '1'.repeat(16), startedAt: 1_005, durationMs: 5 },
    ]);
    expect(spans[0]!.attributes).toMatchObject({
      'server.address': '::1',
      'server.port': 8080,
      'error.type': 'upstream_unreachable',
    });
    expect(spans.map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([undefined, 1]);
  });

  it('are none where nothing was sent', () => {
    expect([
      spansOf({}),
      spansOf({ attempts: [{ startedAtMs: 0, queuedMs: 5, durationMs: 5, code: 'circuit_open' }] }),
    ]).toEqual([[], []]);
  });

  it.each([
    ['PURGE', '/things/{}', 'HTTP /things/{}', '_OTHER'],
    ['GET', '(passed on)', 'GET', 'GET'],
    ['PURGE', '(raw)', 'HTTP', '_OTHER'],
  ])('bear the name of what is known: %s %s', (method, template, name, known) => {
    const [span] = spansOf({ method, template, attempts: [attempt()] });
    expect([span!.name, span!.attributes['http.request.method']]).toEqual([name, known]);
    expect('url.template' in span!.attributes).toBe(template.startsWith('/'));
  });

  it.each<[Partial<AttemptRecord>, string | undefined, string | undefined]>([
    [{ status: 399 }, undefined, undefined],
    [{ status: 404 }, '404', 'answered 404'],
    [{ code: 'upstream_timeout', error: 'no answer' }, 'upstream_timeout', 'no answer'],
    [{ code: 'cancelled' }, 'cancelled', 'cancelled'],
    [{ status: 200, code: 'upstream_invalid_answer', error: 'no JSON' }, 'upstream_invalid_answer', 'no JSON'],
  ])('tell of %j', (parts, type, failure) => {
    const [span] = spansOf({ attempts: [attempt(parts)] });
    expect([span!.attributes['error.type'], span!.failure]).toEqual([type, failure]);
  });

  it.each<[CallReceipt['cache'], string | undefined]>([
    [undefined, undefined],
    [{ fwd: 'uri-miss', stored: true }, 'uri-miss'],
    [{ fwd: 'stale', detail: 'stale-if-error' }, 'stale-if-error'],
  ])('tell what the cache did: %j', (cache, told) => {
    const [span] = spansOf({ ...(cache && { cache }), attempts: [attempt()] });
    expect(span!.attributes['breakwater.cache']).toBe(told);
  });

  it('have no address of a server whose name is none', () => {
    const [span] = spansOf({ attempts: [attempt({ server: 'somewhere' })] });
    expect(span!.attributes).not.toHaveProperty('server.address');
  });
});
