import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { probe } from '../../support/probe.module.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';
import { newTraceId, openTraceScene, traceparent, type TraceScene } from './trace-scene.ts';

let upstream: FaultServer;
let scene: TraceScene;
beforeAll(async () => {
  upstream = await startFaultServer();
});
afterEach(() => scene.close());
afterAll(() => upstream.close());

const open = async (env: Record<string, string>): Promise<void> => {
  scene = await openTraceScene({ env, imports: [probe('sampled', { baseUrl: upstream.url })] });
};

/** What the upstream is told of a trace: whether it is recorded. */
const flagOf = async (headers: Record<string, string> = {}): Promise<string | undefined> => {
  const before = upstream.requestsSeen.length;
  await ask(`${scene.breakwater.url}/api/v1/probe/sampled/ok/${before}`, { headers });
  return upstream.requestsSeen[before]!.headers['traceparent']!.split('-')[3];
};

const NOTHING = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' };

describe('traces', () => {
  it.each([NOTHING, { OTEL_TRACES_SAMPLER: 'always_off' }])('are not exported by %j', async (env) => {
    await open(env);
    expect([await flagOf(), await flagOf({ traceparent: traceparent('01') })]).toEqual(['00', '00']);
    await scene.breakwater.close();
    expect(scene.receiver.arrivals()).toBe(0);
  });

  it('are exported as their callers decided, though none that begins here is', async () => {
    await open({ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' });
    const traceId = newTraceId();
    expect(await flagOf()).toBe('00');
    expect(await flagOf({ traceparent: traceparent('01', traceId) })).toBe('01');
    await scene.spans(traceId, 2);
    expect(scene.receiver.spans()).toHaveLength(2);
  });

  it('are all exported, whatever their callers decided, by always_on', async () => {
    await open({ OTEL_TRACES_SAMPLER: 'always_on' });
    const traceId = newTraceId();
    expect(await flagOf({ traceparent: traceparent('00', traceId) })).toBe('01');
    await scene.spans(traceId, 2);
  });

  it.each([
    ['no exporter', { OTEL_TRACES_EXPORTER: 'none' }],
    ['the SDK off', { OTEL_SDK_DISABLED: 'true' }],
  ])('go nowhere with %s, and on as they came', async (_how, env) => {
    await open(env);
    expect([await flagOf(), await flagOf({ traceparent: traceparent('01') })]).toEqual(['00', '01']);
    await scene.breakwater.close();
    expect(scene.receiver.arrivals()).toBe(0);
  });
});
