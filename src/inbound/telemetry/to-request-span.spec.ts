import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestContext, type Failure } from '../../platform/context/request-context.ts';
import type { SpanRecord } from '../../platform/telemetry/tracing.ts';
import type { RequestRecord } from './request-record.ts';
import { toRequestSpan } from './to-request-span.ts';

interface Parts extends Partial<RequestRecord> {
  readonly method?: string;
  readonly host?: string;
  readonly failed?: Failure;
}

const spanOf = ({ method = 'GET', host, failed, ...parts }: Parts): SpanRecord => {
  const context = new RequestContext('request-1', undefined, Infinity);
  context.failure = failed;
  const request = { method, headers: { host }, raw: { httpVersion: '1.1' } } as unknown as FastifyRequest;
  const times = { startedAt: 5, durationMs: 10 };
  const ended = { route: '/a/:b', status: 200, isBrokenOff: false, calls: [] };
  return toRequestSpan({ request, reply: {} as FastifyReply, context, ...times, ...ended, ...parts });
};

const FAILED: Failure = { code: 'upstream_failed', reason: 'status 503' };

describe('the span of a request', () => {
  it.each<[Parts, string | undefined, string | undefined]>([
    [{ status: 404, failed: { code: 'not_found', reason: 'x' } }, 'not_found', undefined],
    [{ status: 499 }, undefined, undefined],
    [{ status: 502, failed: FAILED }, 'upstream_failed', 'status 503'],
    [{ status: 500 }, '500', 'answered 500'],
    [{ status: 200, isBrokenOff: true, failed: FAILED }, 'upstream_failed', 'status 503'],
  ])('tells whose fault it was: %j', (parts, type, failure) => {
    const span = spanOf(parts);
    expect([span.attributes['error.type'], span.failure]).toEqual([type, failure]);
  });

  it.each([
    [{ method: 'GET' }, 'GET /a/:b', 'GET'],
    [{ method: 'ADALOVELACE' }, 'HTTP /a/:b', '_OTHER'],
    [{ method: 'ADALOVELACE', route: undefined }, 'HTTP', '_OTHER'],
    [{ route: undefined }, 'GET', 'GET'],
  ])('is named by what is known of it: %j', (parts, name, method) => {
    const span = spanOf(parts);
    expect([span.name, span.attributes['http.request.method']]).toEqual([name, method]);
    expect('http.route' in span.attributes).toBe(!('route' in parts));
  });

  it.each<[string | undefined, string | undefined, number | undefined]>([
    ['api.example.com', 'api.example.com', undefined],
    ['my_app:3000', 'my_app', 3000],
    ['[::1]:8080', '::1', 8080],
    [undefined, undefined, undefined],
    ['', undefined, undefined],
    ['ada@example.com', undefined, undefined],
    ['a b', undefined, undefined],
    [`${'z'.repeat(254)}`, undefined, undefined],
    ['a:b', undefined, undefined],
  ])('says what our caller called us, if that is a name: %j', (host, address, port) => {
    const { attributes } = spanOf(host === undefined ? {} : { host });
    expect([attributes['server.address'], attributes['server.port']]).toEqual([address, port]);
  });
});
