import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { plainly } from '../../support/otlp-receiver.ts';
import { probe } from '../../support/probe.module.ts';
import { startOrigin, type OriginStandIn } from '../../upstreams/origin.stand-in.ts';
import { KIND, newTraceId, openTraceScene, traceparent, type TraceScene } from './trace-scene.ts';

let origin: OriginStandIn;
let scene: TraceScene;
beforeAll(async () => {
  origin = await startOrigin();
  scene = await openTraceScene({ imports: [probe('cached', { baseUrl: origin.url })] });
});
afterAll(async () => {
  await scene.close();
  await origin.close();
});

const get = async (path: string, traceId: string): Promise<void> => {
  const headers = { traceparent: traceparent('01', traceId) };
  expect((await ask(`${scene.breakwater.url}/api/v1/probe/cached${path}`, { headers })).status).toBe(200);
};

const kindsOf = (spans: readonly { readonly kind: number }[]): number[] => spans.map(({ kind }) => kind);

describe('the trace of a request', () => {
  it('that the store answers has no request to the upstream', async () => {
    const { path } = origin.serve({ body: '{}', headers: { 'cache-control': 'max-age=60' } });
    const [miss, hit] = [newTraceId(), newTraceId()];
    await get(path, miss);
    await get(path, hit);
    expect(kindsOf(await scene.spans(miss, 2))).toEqual([KIND.server, KIND.client]);
    expect(kindsOf(await scene.spans(hit, 1))).toEqual([KIND.server]);
  });

  it('that waited for the call of another has none of its own', async () => {
    const resource = origin.serve({ body: '{}', headers: { 'cache-control': 'max-age=60' }, latencyMs: 300 });
    const ids = Array.from({ length: 5 }, newTraceId);
    await Promise.all(ids.map((traceId) => get(resource.path, traceId)));
    await eventually(() => {
      const spans = scene.receiver.spans().filter(({ traceId }) => ids.includes(traceId));
      expect(kindsOf(spans).filter((kind) => kind === KIND.server)).toHaveLength(5);
      expect(kindsOf(spans).filter((kind) => kind === KIND.client)).toHaveLength(1);
    });
    expect(resource.requests).toHaveLength(1);
  });

  it('that was answered stale has the refreshing that nobody waited for', async () => {
    const headers = { 'cache-control': 'max-age=0, stale-while-revalidate=60' };
    const resource = origin.serve({ body: '{}', headers });
    const [miss, stale] = [newTraceId(), newTraceId()];
    await get(resource.path, miss);
    await get(resource.path, stale);
    const spans = await scene.spans(stale, 2);
    const [server, client] = spans.toSorted((one, other) => one.kind - other.kind);
    expect(client).toMatchObject({ kind: KIND.client, parentSpanId: server!.spanId });
    expect(plainly(client!)).toMatchObject({ 'breakwater.refresh': true, 'breakwater.cache': 'stale' });
    const [, refreshing] = resource.requests;
    expect(refreshing!.headers).toMatchObject({ traceparent: `00-${stale}-${client!.spanId}-01` });
    expect(refreshing!.headers).not.toHaveProperty('x-request-id');
  });
});
