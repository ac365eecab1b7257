import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, hanging, scripted } from '../../../test/support/scripted-send.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { compose, type Reply, type Send } from '../http/call.ts';
import { attemptTimeout } from './attempt-timeout.ts';
import { Circuit } from './circuit.ts';
import { circuitBreaker } from './circuit-breaker.ts';

let clock: FakeClock;
let circuit: Circuit;

beforeEach(() => {
  clock = new FakeClock();
  circuit = new Circuit(buildOptions({ breakerMinAttempts: 10, breakerMinSlowAttempts: 10 }), clock, () => 1);
});

const guarded = (next: Send): Send => circuitBreaker({ circuitOf: () => circuit, slowAttemptRatio: 0.8, clock })(next);

const attempt = (next: Send, signal?: AbortSignal): Promise<unknown> =>
  guarded(next)(buildCall({ operation: { attemptTimeoutMs: 1_000 }, ...(signal && { signal }) })).catch(
    (error: unknown) => error,
  );

const answerAfter =
  (delayMs: number): Send =>
  () =>
    new Promise((resolve) => void clock.schedule(() => resolve(buildReply()), delayMs));

describe('circuitBreaker', () => {
  it.each<[string, Reply | Error]>([
    ['status 500', buildReply(500)],
    ['status 503', buildReply(503)],
    ['a reset', failure()],
    ['a refused connection', failure({ sent: false })],
    ['a wrong certificate', failure({ sent: false, transient: false })],
  ])('opens over %s', async (_what, outcome) => {
    for (let count = 0; count < 10; count += 1) await attempt(scripted(outcome).send);
    expect(circuit.state).toBe('open');
  });

  it.each<[string, Reply | Error]>([
    ['status 200', buildReply(200)],
    ['status 304', buildReply(304)],
    ['status 400', buildReply(400)],
    ['status 401', buildReply(401)],
    ['status 404', buildReply(404)],
    ['status 429', buildReply(429)],
    ['an answer that cannot be used', failure({ code: 'upstream_invalid_answer', transient: false })],
    ['the caller leaving', new CallerGone()],
  ])('stays closed over %s', async (_what, outcome) => {
    for (let count = 0; count < 30; count += 1) await attempt(scripted(outcome).send);
    expect(circuit.state).toBe('closed');
  });

  it('refuses while it is open, sending nothing and saying when to come again', async () => {
    for (let count = 0; count < 10; count += 1) await attempt(scripted(failure()).send);
    await clock.advance(1_500);
    const script = scripted(buildReply());
    expect(await attempt(script.send)).toMatchObject({ code: 'circuit_open', sent: false, retryAfterMs: 3_500 });
    expect(script.calls.length).toBe(0);
  });

  it.each([
    [800, 'closed'],
    [801, 'open'],
  ])('after answers that each took %i of 1,000 ms is %s', async (delayMs, state) => {
    const answered = Array.from({ length: 10 }, () => attempt(answerAfter(delayMs)));
    await elapse(clock, delayMs);
    await Promise.all(answered);
    expect(circuit.state).toBe(state);
  });

  it.each([0.1, 0.8, 1])(
    'opens over attempts that ran out of time, with slow meaning %d of it',
    async (slowAttemptRatio) => {
      const stages = [circuitBreaker({ circuitOf: () => circuit, slowAttemptRatio, clock }), attemptTimeout(clock)];
      const call = buildCall({ operation: { attemptTimeoutMs: 1_000 } });
      const ended = Array.from({ length: 10 }, () => rejectionOf(compose(stages, hanging)(call)));
      await elapse(clock, 1_000);
      expect(await ended[0]).toMatchObject({ code: 'upstream_timeout' });
      expect(circuit.state).toBe('open');
    },
  );

  it.each([
    ['nothing', 'before its host had its time', 500, 'closed'],
    ['slowness', 'after its host had its time', 900, 'open'],
  ])('learns %s from a call cut short by its deadline %s', async (_what, _when, afterMs, state) => {
    const controller = new AbortController();
    const ended = Array.from({ length: 10 }, () => attempt(hanging, controller.signal));
    await elapse(clock, afterMs);
    controller.abort(failure({ code: 'upstream_timeout' }));
    await Promise.all(ended);
    expect(circuit.state).toBe(state);
  });

  it('frees the place of a probe whose caller left', async () => {
    for (let count = 0; count < 10; count += 1) await attempt(scripted(failure()).send);
    await clock.advance(5_000);
    for (let probe = 0; probe < 5; probe += 1) {
      const controller = new AbortController();
      const ended = attempt(hanging, controller.signal);
      controller.abort(new CallerGone());
      expect(await ended).toBeInstanceOf(CallerGone);
    }
    for (let probe = 0; probe < 3; probe += 1) await attempt(scripted(buildReply()).send);
    expect(circuit.state).toBe('closed');
  });

  it('keeps the circuits of different hosts apart', async () => {
    const others = new Map([['http://upstream.example', circuit]]);
    const healthy = new Circuit(buildOptions(), clock, () => 1);
    const stage = circuitBreaker({
      circuitOf: ({ origin }) => others.get(origin) ?? healthy,
      slowAttemptRatio: 0.8,
      clock,
    });
    for (let count = 0; count < 10; count += 1) await rejectionOf(stage(scripted(failure()).send)(buildCall()));
    expect(await stage(scripted(buildReply()).send)(buildCall({ origin: 'http://other.example' }))).toMatchObject({
      status: 200,
    });
    expect(await rejectionOf(stage(scripted(buildReply()).send)(buildCall()))).toMatchObject({ code: 'circuit_open' });
  });
});
