import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { createGateway } from '../../support/gateway-app.ts';
import { plainly } from '../../support/otlp-receiver.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';
import { KIND, newTraceId, openTraceScene, traceparent, type TraceScene } from './trace-scene.ts';

let upstream: FaultServer;
let scene: TraceScene;
beforeAll(async () => {
  upstream = await startFaultServer();
  const open = { public: true, target: { endpoints: [upstream.url] } };
  const part = (path: string) => ({ target: open.target, path });
  const routes = [
    { ...open, name: 'one' },
    { ...open, name: 'silent', request: { headers: { remove: ['traceparent', 'tracestate'] } } },
    // One of them is not there.
    { ...open, name: 'several', target: { endpoints: [upstream.refusedUrl, upstream.url], balance: 'round-robin' } },
    { public: true, name: 'together', aggregate: { a: part('/ok/a'), b: part('/ok/b') } },
  ];
  scene = await openTraceScene({}, (options) => createGateway(routes, options));
});
afterAll(async () => {
  await scene.close();
  await upstream.close();
});

const pass = async (path: string, traceId: string, headers: Record<string, string> = {}) => {
  const before = upstream.requestsSeen.length;
  const { status } = await ask(`${scene.breakwater.url}/gateway${path}`, {
    headers: { traceparent: traceparent('01', traceId), ...headers },
  });
  expect(status).toBe(200);
  return upstream.requestsSeen.slice(before).map((request) => request.headers);
};

describe('the trace of a request that is passed on', () => {
  it('has a span of each attempt, which is what the upstream is told', async () => {
    const traceId = newTraceId();
    const seen = await pass('/one/reset-once', traceId, { tracestate: 'a=1' });
    const [server, first, second] = await scene.spans(traceId, 3);
    expect(server).toMatchObject({ name: 'GET /gateway/:route/*', kind: KIND.server });
    for (const span of [first, second])
      expect(span).toMatchObject({ name: 'GET', kind: KIND.client, parentSpanId: server!.spanId });
    expect(plainly(first!)).toMatchObject({ 'error.type': 'upstream_unreachable' });
    expect(plainly(second!)).toMatchObject({ 'http.request.resend_count': 1, 'http.response.status_code': 200 });
    expect(plainly(second!)).not.toHaveProperty('url.template');
    expect(seen.map(({ traceparent: told }) => told)).toEqual(
      [first, second].map((span) => `00-${traceId}-${span!.spanId}-01`),
    );
    expect(seen.map(({ tracestate }) => tracestate)).toEqual(['a=1', 'a=1']);
  });

  it('shows each server that it was sent to', async () => {
    const traceIds = [newTraceId(), newTraceId()];
    // In turns: one of two requests meets the server first that is not there.
    for (const traceId of traceIds) await pass('/several/ok/f', traceId);
    const [server, refused, answered] = await Promise.any(traceIds.map((traceId) => scene.spans(traceId, 3)));
    expect(plainly(refused!)).toMatchObject({
      'server.port': Number(new URL(upstream.refusedUrl).port),
      'error.type': 'upstream_unreachable',
    });
    expect(plainly(answered!)).toMatchObject({
      'server.port': Number(new URL(upstream.url).port),
      'http.response.status_code': 200,
      'http.request.resend_count': 1,
    });
    expect([refused, answered].map((span) => span!.parentSpanId)).toEqual([server!.spanId, server!.spanId]);
  });

  it('has a span of each part that its answer is made of', async () => {
    const traceId = newTraceId();
    const seen = await pass('/together', traceId);
    const [server, ...parts] = await scene.spans(traceId, 3);
    expect(parts.map(({ kind, parentSpanId }) => [kind, parentSpanId])).toEqual([
      [KIND.client, server!.spanId],
      [KIND.client, server!.spanId],
    ]);
    expect(seen.map(({ traceparent: told }) => told).toSorted()).toEqual(
      parts.map(({ spanId }) => `00-${traceId}-${spanId}-01`).toSorted(),
    );
  });

  it('is not told where a route says so', async () => {
    const [headers] = await pass('/silent/ok/s', newTraceId(), { tracestate: 'a=1' });
    expect(headers).not.toHaveProperty('traceparent');
    expect(headers).not.toHaveProperty('tracestate');
  });
});
