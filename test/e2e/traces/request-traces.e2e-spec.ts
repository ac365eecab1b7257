import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { plainly } from '../../support/otlp-receiver.ts';
import { probe } from '../../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';
import { CALLER, KIND, newTraceId, openTraceScene, timesOf, traceparent, type TraceScene } from './trace-scene.ts';

let upstream: FaultServer;
let scene: TraceScene;
beforeAll(async () => {
  upstream = await startFaultServer();
  const options = { baseUrl: upstream.url, backoffBaseMs: 1, breakerMinAttempts: 1_000, operations: {} };
  scene = await openTraceScene({ imports: [probe('traced', options)] });
});
afterAll(async () => {
  await scene.close();
  await upstream.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  ask(`${scene.breakwater.url}/api/v1/probe/traced${path}`, { headers });

describe('the trace of a request', () => {
  it('with one retry has a span of the request, and one of each attempt', async () => {
    const traceId = newTraceId();
    const before = upstream.requestsSeen.length;
    const { headers } = await get('/flapping/t?fail=1', { traceparent: traceparent('01', traceId) });
    const [server, first, second] = await scene.spans(traceId, 3);

    expect(server).toMatchObject({
      name: 'GET /api/v1/probe/traced/*',
      kind: KIND.server,
      parentSpanId: CALLER.spanId,
      // Sampled; whether the parent is somebody else's is known, and it is.
      flags: 0x301,
      status: { code: 0 },
    });
    expect(plainly(server!)).toEqual({
      'http.request.method': 'GET',
      'http.route': '/api/v1/probe/traced/*',
      'http.response.status_code': 200,
      'url.scheme': 'http',
      'network.protocol.version': '1.1',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(scene.breakwater.url).port),
      'breakwater.request_id': headers.get('x-request-id'),
    });

    const attempt = {
      'http.request.method': 'GET',
      'breakwater.provider': 'traced',
      'breakwater.operation': 'GET /{}',
      'breakwater.cache': 'uri-miss',
      'url.template': '/{}',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(upstream.url).port),
      'breakwater.sent_ms': expect.any(Number),
      'breakwater.first_byte_ms': expect.any(Number),
    };
    for (const span of [first, second])
      expect(span).toMatchObject({ name: 'GET /{}', kind: KIND.client, parentSpanId: server!.spanId, flags: 0x101 });
    expect(first!.status).toEqual({ code: 2, message: 'answered 503' });
    expect(plainly(first!)).toEqual({ ...attempt, 'http.response.status_code': 503, 'error.type': '503' });
    expect(second!.status).toEqual({ code: 0 });
    expect(plainly(second!)).toEqual({ ...attempt, 'http.response.status_code': 200, 'http.request.resend_count': 1 });

    const seen = upstream.requestsSeen.slice(before).map((request) => request.headers['traceparent']);
    expect(seen).toEqual([first, second].map((span) => `00-${traceId}-${span!.spanId}-01`));
  });

  it('shows when each came, one within the other', async () => {
    const traceId = newTraceId();
    const askedAt = BigInt(Date.now());
    await get('/flapping/times?fail=1', { traceparent: traceparent('01', traceId) });
    const [server, first, second] = (await scene.spans(traceId, 3)).map(timesOf);
    const moments = [server![0], ...first!, ...second!, server![1]];
    expect(moments).toEqual(moments.toSorted((one, other) => Number(one - other)));
    // Within a minute of what our clock shows.
    expect(Number(server![0] / 1_000_000n - askedAt)).toBeLessThan(60_000);
    expect(Number(server![0] / 1_000_000n - askedAt)).toBeGreaterThan(-60_000);
  });

  it('begins here where the caller has none', async () => {
    const before = upstream.requestsSeen.length;
    await get('/ok/begun');
    const [, traceId = '', spanId, flags] = upstream.requestsSeen[before]!.headers['traceparent']!.split('-');
    const [server, client] = await scene.spans(traceId, 2);
    expect(server).not.toHaveProperty('parentSpanId');
    expect([client!.spanId, client!.parentSpanId, flags]).toEqual([spanId, server!.spanId, '01']);
  });

  it('tells what became of attempts without an answer', async () => {
    const traceId = newTraceId();
    await get('/reset-before/r', { traceparent: traceparent('01', traceId) });
    const [server, client] = await scene.spans(traceId, 4);
    expect(server!.status).toEqual({ code: 2, message: expect.any(String) });
    expect(plainly(server!)).toMatchObject({ 'http.response.status_code': 502, 'error.type': 'upstream_unreachable' });
    expect(plainly(client!)).toMatchObject({ 'error.type': 'upstream_unreachable' });
    expect(plainly(client!)).not.toHaveProperty('http.response.status_code');
  });

  it.each([
    ['is refused', 'POST', '/api/v1/getCharizard', 'HTTP/none', 404],
    ['leads nowhere', 'GET', '/api/v1/ada.lovelace@example.com', 'GET', 404],
    ['is for operators', 'GET', '/api/v1/me', 'GET /api/v1/me', 401],
  ])('that %s is no failure of ours, and tells nothing of its path', async (_how, method, path, name, status) => {
    const traceId = newTraceId();
    const answer = await ask(`${scene.breakwater.url}${path}?lovelace=1`, {
      method,
      headers: { traceparent: traceparent('01', traceId) },
    });
    const [span] = await scene.spans(traceId, 1);
    expect([answer.status, span!.name]).toEqual([status, name.replace('HTTP/none', 'POST')]);
    expect([span!.status, plainly(span!)['http.response.status_code']]).toEqual([{ code: 0 }, status]);
    expect(JSON.stringify(span)).not.toMatch(/lovelace|example/);
  });
});
