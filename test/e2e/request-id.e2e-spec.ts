import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../support/ask.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { probe } from '../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN_ID = '00f067aa0ba902b7';

let upstream: FaultServer;
let breakwater: TestApp;

beforeAll(async () => {
  upstream = await startFaultServer();
  breakwater = await createApp({
    imports: [probe('traced', { baseUrl: upstream.url, backoffBaseMs: 1, breakerMinAttempts: 1_000 })],
  });
});
afterAll(async () => {
  await breakwater.close();
  await upstream.close();
});

/** The headers of every attempt that the upstream saw. */
const attempts = async (path: string, headers: Record<string, string>): Promise<Readonly<Record<string, string>>[]> => {
  const before = upstream.requestsSeen.length;
  await ask(`${breakwater.url}/api/v1/probe/traced${path}`, { headers });
  return upstream.requestsSeen.slice(before).map((request) => request.headers);
};

const parse = (traceparent: string | undefined): string[] => traceparent?.split('-') ?? [];

describe('a request id', () => {
  it.each(['a', 'A-1_b.c', 'x'.repeat(128)])('is kept when it is sane: %s', async (id) => {
    const answer = await ask(`${breakwater.url}/health/live`, { headers: { 'x-request-id': id } });
    expect(answer.headers.get('x-request-id')).toBe(id);
  });

  it.each(['', 'x'.repeat(129), 'a b', 'a/b', 'é', '<script>', 'a, b'])(
    'is replaced when it is not: %j',
    async (id) => {
      const answer = await ask(`${breakwater.url}/health/live`, { headers: { 'x-request-id': id } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    },
  );

  it('is another one for each request that brings none', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await ask(`${breakwater.url}/health/live`)).headers.get('x-request-id')),
    );
    expect(new Set(ids).size).toBe(3);
  });

  it('reaches the upstream, on every attempt', async () => {
    const seen = await attempts('/flapping/id?fail=2', { 'x-request-id': 'caller-1' });
    expect(seen.map((headers) => headers['x-request-id'])).toEqual(['caller-1', 'caller-1', 'caller-1']);
  });
});

describe('a trace', () => {
  it('is continued to the upstream, each attempt under a span id of its own', async () => {
    const seen = await attempts('/flapping/trace?fail=2', { traceparent: `00-${TRACE_ID}-${SPAN_ID}-01` });
    const parents = seen.map(({ traceparent }) => parse(traceparent));
    expect(parents.map(([version, traceId, , flags]) => [version, traceId, flags])).toEqual(
      Array(3).fill(['00', TRACE_ID, '01']),
    );
    const spans = new Set(parents.map(([, , spanId]) => spanId));
    expect(spans.size).toBe(3);
    expect([...spans]).not.toContain(SPAN_ID);
    for (const span of spans) expect(span).toMatch(/^(?!0{16})[\da-f]{16}$/);
  });

  it.each([
    ['none', undefined],
    ['nonsense', 'nonsense'],
    ['all zeros', `00-${'0'.repeat(32)}-${SPAN_ID}-01`],
    ['a forbidden version', `ff-${TRACE_ID}-${SPAN_ID}-01`],
    ['upper case', `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`],
  ])('is started when the request brings %s', async (_case, traceparent) => {
    const [headers] = await attempts('/ok', traceparent === undefined ? {} : { traceparent });
    const [, traceId] = parse(headers?.['traceparent']);
    expect(traceId).toMatch(/^(?!0{32})[\da-f]{32}$/);
    expect(traceId).not.toBe(TRACE_ID);
  });

  it('is in the receipt of the call, with the request id', async () => {
    await attempts('/status/500', { traceparent: `00-${TRACE_ID}-${SPAN_ID}-00`, 'x-request-id': 'caller-2' });
    expect(breakwater.receipts.at(-1)).toMatchObject({ traceId: TRACE_ID, requestId: 'caller-2' });
    const line = breakwater.logLines.find((text) => text.includes('caller-2') && text.includes('"call"'))!;
    expect(JSON.parse(line)).toMatchObject({ traceId: TRACE_ID, requestId: 'caller-2', call: { provider: 'traced' } });
  });
});

describe('what an upstream sees of our callers', () => {
  it('is neither their credentials nor their other headers', async () => {
    const [headers] = await attempts('/ok', {
      authorization: 'Bearer theirs',
      cookie: 'a=b',
      'x-forwarded-for': '10.0.0.1',
      'x-custom': '1',
    });
    expect(Object.keys(headers!).sort()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'host', 'traceparent', 'user-agent', 'x-request-id'].sort(),
    );
    expect(headers).toMatchObject({ 'user-agent': 'breakwater', accept: 'application/json' });
  });
});
