import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/platform/clock.ts';
import { ask, askForProblem, problemOf } from '../support/ask.ts';
import { callAs } from '../support/caller.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { eventually } from '../support/eventually.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { probe } from '../support/probe.module.ts';
import { askRaw } from '../support/raw-http.ts';
import { startFaultServer, type FaultServer } from '../upstreams/fault-server.ts';
import { LateModule } from './inbound/late.module.ts';

const HEADER = 'X-Request-Timeout-Ms';
const SCHEDULING_SLACK_MS = 1_500;

let upstream: FaultServer;
let breakwater: TestApp;

const start = async (env: Record<string, string>, clock?: FakeClock): Promise<void> => {
  upstream = await startFaultServer();
  breakwater = await createApp({
    env,
    imports: [
      probe('slow', { baseUrl: upstream.url }),
      probe('narrow', { baseUrl: upstream.url, maxConcurrent: 1, queueTimeoutMs: 10_000 }),
      LateModule,
    ],
    override: (builder) => (clock ? builder.overrideProvider(Clock).useValue(clock) : builder),
  });
};
const stop = async (): Promise<void> => {
  await breakwater.close();
  await upstream.close();
};

describe('X-Request-Timeout-Ms: 300', () => {
  beforeAll(() => start({}));
  afterAll(stop);

  it.each(['drip', 'hang', 'slow-headers'])(
    'ends a call to an upstream that stalls by %s, body included',
    async (fault) => {
      const aborted = upstream.whenAborted(`/${fault}`);
      const answer = await ask(`${breakwater.url}/api/v1/probe/slow/${fault}`, { headers: { [HEADER]: '300' } });
      expect(problemOf(answer)).toMatchObject({ status: 504, code: 'upstream_timeout', provider: 'slow' });
      expect(answer.durationMs).toBeGreaterThanOrEqual(295);
      expect(answer.durationMs).toBeLessThan(300 + SCHEDULING_SLACK_MS);
      await aborted;
      expect(breakwater.receipts.at(-1)?.durationMs).toBeLessThan(300 + SCHEDULING_SLACK_MS);
    },
  );

  it('ends a call that waits for its turn', async () => {
    const blocker = callAs(`${breakwater.url}/api/v1/probe/narrow/hang`);
    await eventually(() => expect(upstream.requestsSeen.filter(({ path }) => path === '/hang').length).toBe(2));
    const answer = await ask(`${breakwater.url}/api/v1/probe/narrow/ok`, { headers: { [HEADER]: '300' } });
    expect(problemOf(answer)).toMatchObject({ status: 504, code: 'upstream_timeout', provider: 'narrow' });
    expect(answer.durationMs).toBeGreaterThanOrEqual(295);
    expect(answer.durationMs).toBeLessThan(300 + SCHEDULING_SLACK_MS);
    await blocker.hangUp();
  });

  it('ends a call at once that would have to wait for longer than that', async () => {
    const answer = await ask(`${breakwater.url}/api/v1/probe/slow/unavailable-seconds`, {
      headers: { [HEADER]: '300' },
    });
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_failed', retryAfterMs: 2_000 });
    expect(answer.durationMs).toBeLessThan(SCHEDULING_SLACK_MS);
  });

  it('ends a handler of our own that never would', async () => {
    const answer = await ask(`${breakwater.url}/api/v1/late/never`, { headers: { [HEADER]: '300' } });
    expect(problemOf(answer)).toMatchObject({ status: 504, code: 'upstream_timeout', instance: '/api/v1/late/never' });
    expect(problemOf(answer)).not.toHaveProperty('provider');
    expect(answer.durationMs).toBeGreaterThanOrEqual(295);
    expect(answer.durationMs).toBeLessThan(300 + SCHEDULING_SLACK_MS);
  });

  it.each([
    ['success', 0],
    ['obedient', 0],
    ['failure', 1],
  ])('is answered once when the handler ends late: %s', async (how, expectedErrors) => {
    const headers = { [HEADER]: '300' };
    breakwater.logLines.length = 0;
    const answer = await ask(`${breakwater.url}/api/v1/late/${how}`, { headers });
    expect(problemOf(answer)).toMatchObject({ status: 504, code: 'upstream_timeout' });
    // By then the handler has ended as well, on whichever connection.
    await ask(`${breakwater.url}/api/v1/late/never`, { headers });
    expect(breakwater.logLines.filter((line) => line.includes('"level":"error"')).length).toBe(expectedErrors);
  });

  it('does not disturb an answer that comes in time', async () => {
    const answer = await ask(`${breakwater.url}/api/v1/probe/slow/ok`, { headers: { [HEADER]: '300' } });
    expect(answer.status).toBe(200);
  });

  it.each(['0', '-1', '007', '1.5', '1e3', 'soon', '300ms', '99999999999', '0x10', 'Infinity', '300, 300'])(
    'is refused when it is %j',
    async (value) => {
      const before = upstream.received;
      const problem = await askForProblem(`${breakwater.url}/api/v1/probe/slow/ok`, { headers: { [HEADER]: value } });
      expect(problem).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ field: HEADER }] });
      expect(upstream.received).toBe(before);
    },
  );
});

describe('the deadline of every request, on a clock that a test moves', () => {
  const clock = new FakeClock();
  beforeAll(() => start({ REQUEST_TIMEOUT_MS: '5000' }, clock));
  afterAll(stop);

  it.each([
    ['not asked for', {}, 5_000],
    ['longer than ours', { [HEADER]: '60000' }, 5_000],
    ['shorter than ours', { [HEADER]: '1200' }, 1_200],
  ])('holds to the millisecond for an upstream call when the header is %s', async (_case, headers, deadlineMs) => {
    const before = upstream.received;
    const answer = ask(`${breakwater.url}/api/v1/probe/slow/hang`, { headers });
    await eventually(() => expect(upstream.received).toBe(before + 1));
    const calls = breakwater.receipts.length;
    await clock.advance(deadlineMs - 1);
    expect(breakwater.receipts.length).toBe(calls);
    await clock.advance(1);
    expect(problemOf(await answer)).toMatchObject({ status: 504, code: 'upstream_timeout', provider: 'slow' });
    expect(breakwater.receipts.at(-1)).toMatchObject({ durationMs: deadlineMs, outcome: 'upstream_timeout' });
  });

  it('ends a handler of our own that never would, and leaves no timer', async () => {
    const answer = ask(`${breakwater.url}/api/v1/late/never`);
    await eventually(() => expect(clock.pending).toBe(1));
    // Upstream calls get a moment more to say that it was their fault.
    await clock.advance(5_000 + 25);
    expect(problemOf(await answer)).toMatchObject({ status: 504, code: 'upstream_timeout' });
    expect(clock.pending).toBe(0);
  });

  it.each([
    '/health/live',
    '/nowhere',
    '/api/v1/pokemon//profile',
    '/api/v1/pokemon/%zz',
    '/api/v1/pokemon?limit=0',
    '/docs',
  ])('is forgotten once %s has been answered', async (target) => {
    const before = clock.pending;
    await askRaw(breakwater.url, target);
    await eventually(() => expect(clock.pending).toBe(before), 1_000);
  });
});
