import { afterEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { plainly, type OtlpManner } from '../../support/otlp-receiver.ts';
import { openTraceScene, type TraceScene } from './trace-scene.ts';

/** What tells a stop that hangs from one that does not. */
const HANGS_MS = 8_000;

let scene: TraceScene;
afterEach(() => scene.close());

const request = async (count = 1): Promise<void> => {
  for (let nth = 0; nth < count; nth += 1) expect((await ask(`${scene.breakwater.url}/health/live`)).status).toBe(200);
};

const linesWith = (message: string): Record<string, unknown>[] =>
  scene.breakwater.logLines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => String(msg).startsWith(message));

describe('a collector', () => {
  it.each<OtlpManner>(['refuse', 'busy', 'reset', 'hang'])(
    'that does not take spans (%s) is told of once, and once that it does again',
    async (manner) => {
      scene = await openTraceScene({ env: { OTEL_EXPORTER_OTLP_TIMEOUT: '100' } });
      scene.receiver.behave(manner);
      const arrivals = scene.receiver.arrivals();
      for (let nth = 1; nth <= 3; nth += 1) {
        await request();
        await eventually(() => expect(scene.receiver.arrivals()).toBeGreaterThanOrEqual(arrivals + nth));
      }
      await eventually(() => expect(linesWith('Traces cannot be exported')).toHaveLength(1));
      scene.receiver.behave('accept');
      await eventually(async () => {
        await request();
        expect(linesWith('Traces are exported again')).toMatchObject([{ lost: expect.any(Number) }]);
      });
      expect(linesWith('Traces cannot be exported')).toHaveLength(1);
    },
  );

  it('that is not there costs its spans, and nothing else', async () => {
    const nowhere = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9/v1/traces',
      OTEL_EXPORTER_OTLP_TIMEOUT: '100',
    };
    scene = await openTraceScene({ env: nowhere });
    await request(10);
    await eventually(() =>
      expect(linesWith('Traces cannot be exported')).toMatchObject([{ reason: expect.any(String) }]),
    );
    expect(scene.receiver.arrivals()).toBe(0);
  });

  it('that hangs does not hold up a stop', async () => {
    scene = await openTraceScene();
    scene.receiver.behave('hang');
    await request();
    await eventually(() => expect(scene.receiver.arrivals()).toBe(1));
    await request();
    const stoppedAt = performance.now();
    await scene.breakwater.close();
    expect(performance.now() - stoppedAt).toBeLessThan(HANGS_MS);
  });

  it('gets at a stop what waits to be sent', async () => {
    scene = await openTraceScene({ env: { OTEL_BSP_SCHEDULE_DELAY: '3600000' } });
    await request(3);
    await scene.breakwater.close();
    expect(scene.receiver.spans().map(({ name }) => name)).toEqual([
      'GET /health/live',
      'GET /health/live',
      'GET /health/live',
    ]);
  });

  it('is told who we are, with the headers that it wants', async () => {
    const env = { OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=let%20me%20in', OTEL_SERVICE_NAME: 'harbour' };
    scene = await openTraceScene({ env });
    await request();
    await eventually(() => expect(scene.receiver.requests).toHaveLength(1));
    const [{ path, headers, body }] = scene.receiver.requests as [(typeof scene.receiver.requests)[number]];
    expect([path, headers['x-collector-key']]).toEqual(['/v1/traces', 'let me in']);
    expect(plainly(body.resourceSpans![0]!.resource)).toMatchObject({ 'service.name': 'harbour' });
  });
});
