import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { probe } from '../../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';
import { newTraceId, openTraceScene, traceparent, type TraceScene } from './trace-scene.ts';

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

describe('the state of a trace', () => {
  const seen = async (path: string, headers: Record<string, string>): Promise<string | undefined> => {
    const before = upstream.requestsSeen.length;
    await get(path, headers);
    return upstream.requestsSeen[before]!.headers['tracestate'];
  };

  it('is passed on as it came', async () => {
    const tracestate = 'congo=t61rcWkgMzE,rojo@t=00f067aa0ba902b7';
    expect(await seen('/ok/state', { traceparent: traceparent('01'), tracestate })).toBe(tracestate);
  });

  it.each([
    ['without a trace', { tracestate: 'a=1' }],
    ['with a trace that is none', { traceparent: '00-0-0-01', tracestate: 'a=1' }],
    ['that is too long', { traceparent: traceparent('01'), tracestate: `a=${'z'.repeat(511)}` }],
    ['that is none', { traceparent: traceparent('01'), tracestate: 'hello' }],
    ['beyond ASCII', { traceparent: traceparent('01'), tracestate: 'a=\u00e9' }],
  ])('is left out %s', async (_how, headers) => {
    expect(await seen('/ok/no-state', headers as unknown as Record<string, string>)).toBeUndefined();
  });
});

describe('a trace that its caller does not record', () => {
  it('is not exported, and goes on as one that is not', async () => {
    const [unrecorded, recorded] = [newTraceId(), newTraceId()];
    const before = upstream.requestsSeen.length;
    await get('/ok/unrecorded', { traceparent: traceparent('00', unrecorded) });
    await get('/ok/recorded', { traceparent: traceparent('01', recorded) });
    await scene.spans(recorded, 2);
    expect(scene.receiver.spans().filter(({ traceId }) => traceId === unrecorded)).toEqual([]);
    expect(upstream.requestsSeen[before]!.headers['traceparent']).toMatch(new RegExp(`^00-${unrecorded}-.*-00$`));
  });
});
