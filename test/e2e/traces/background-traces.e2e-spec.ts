import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CallWorker } from '../../../src/jobs/call-worker.ts';
import { ask } from '../../support/ask.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { plainly, type OtlpReceiver, type OtlpSpan } from '../../support/otlp-receiver.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../../support/start-redis.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';
import { askingLater } from './asking-later.module.ts';
import { KIND, newTraceId, openTraceScene, tracedTo, traceparent, type TraceScene } from './trace-scene.ts';

let upstream: FaultServer;
let scene: TraceScene;
beforeAll(async () => {
  upstream = await startFaultServer();
});
afterEach(() => scene.close());
afterAll(() => upstream.close());

/** It is not to repeat by itself what is to fail. */
const imports = () => [askingLater({ baseUrl: upstream.url, maxAttempts: 1 })];

const askLater = async ({ url }: TestApp, traceId: string): Promise<string> => {
  const { text } = await ask(`${url}/api/v1/later`, {
    method: 'POST',
    headers: { traceparent: traceparent('01', traceId) },
  });
  return (JSON.parse(text) as { id: string }).id;
};

/** The attempts at that call, once there are two, each with what it sent. */
const attemptsAt = async (receiver: OtlpReceiver, callId: string): Promise<[OtlpSpan, OtlpSpan | undefined][]> => {
  const attempts = (): OtlpSpan[] =>
    receiver.spans().filter((span) => plainly(span)['breakwater.call_id'] === callId && span.kind === KIND.consumer);
  await eventually(() => expect(attempts()).toHaveLength(2), 30_000);
  const childOf = ({ spanId }: OtlpSpan) => receiver.spans().find(({ parentSpanId }) => parentSpanId === spanId);
  return attempts().map((attempt) => [attempt, childOf(attempt)]);
};

const expectLinked = (origin: OtlpSpan, attempts: readonly (readonly [OtlpSpan, OtlpSpan | undefined])[]): void => {
  const [first, second] = attempts as [[OtlpSpan, OtlpSpan], [OtlpSpan, OtlpSpan]];
  expect(plainly(first[0])).toMatchObject({ 'breakwater.attempt': 1, 'breakwater.call.state': 'queued' });
  expect(plainly(second[0])).toMatchObject({ 'breakwater.attempt': 2, 'breakwater.call.state': 'succeeded' });
  expect([first[0].status.code, second[0].status.code]).toEqual([2, 0]);
  for (const [attempt, client] of [first, second]) {
    expect(attempt.name).toBe('process later.write');
    expect(attempt).not.toHaveProperty('parentSpanId');
    expect(attempt.links).toMatchObject([{ traceId: origin.traceId, spanId: origin.spanId }]);
    expect(client).toMatchObject({ kind: KIND.client, traceId: attempt.traceId });
  }
  expect(new Set([origin, first[0], second[0]].map(({ traceId }) => traceId)).size).toBe(3);
};

describe('attempts at a background call', () => {
  it('are traces of their own, linked to the request that asked for it', async () => {
    scene = await openTraceScene({ imports: imports(), override: withMemoryBackground });
    const traceId = newTraceId();
    const callId = await askLater(scene.breakwater, traceId);
    const [origin] = await scene.spans(traceId, 1);
    expect(origin).toMatchObject({ name: 'POST /api/v1/later', kind: KIND.server });
    expectLinked(origin!, await attemptsAt(scene.receiver, callId));
  });

  it('leave no span where nothing is sampled', async () => {
    const env = { OTEL_TRACES_SAMPLER: 'always_off' };
    scene = await openTraceScene({ env, imports: imports(), override: withMemoryBackground });
    const before = upstream.requestsSeen.length;
    await askLater(scene.breakwater, newTraceId());
    await eventually(() => expect(upstream.requestsSeen.length).toBe(before + 1));
    await scene.breakwater.close();
    expect(scene.receiver.arrivals()).toBe(0);
  });
});

describeWithRedis('attempts at a background call that another process makes', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it('are linked to the request, too', async () => {
    const env = { REDIS_URL: redis.url };
    scene = await openTraceScene({ env, imports: imports() });
    const worker = await createApp({ env: { ...env, ...tracedTo(scene.receiver) }, imports: imports() });
    try {
      await worker.app.get(CallWorker).start();
      const traceId = newTraceId();
      const callId = await askLater(scene.breakwater, traceId);
      const [origin] = await scene.spans(traceId, 1);
      expectLinked(origin!, await attemptsAt(scene.receiver, callId));
    } finally {
      await worker.close();
    }
  }, 60_000);
});
