import { beforeEach, describe, expect, it } from '@jest/globals';
import { watchService, type WatchedService } from '../../../test/support/watched-service.ts';
import type { Vitals } from './vitals.ts';

let service: WatchedService;
beforeEach(() => void (service = watchService()));

const read = (): Vitals => service.vitals.of('fixture');

const NOTHING = {
  calls: 0,
  failedCalls: 0,
  successRatio: null,
  attempts: 0,
  failedAttempts: 0,
  retries: 0,
  refusedCalls: 0,
  staleAnswers: 0,
  latency: null,
  cacheHitRatio: null,
};

describe('ProviderVitals', () => {
  it('tells nothing of a service that nobody has called', async () => {
    await service.clock.advance(1_000);
    expect(read()).toMatchObject({
      lately: { ...NOTHING, windowMs: 1_000 },
      lastError: null,
      quota: null,
      servers: [],
    });
    expect(service.vitals.history('fixture')).toHaveLength(60);
  });

  it('counts what tells of the service, and apart from it what does not', () => {
    service.call();
    service.fail();
    service.call(1, { outcome: 'upstream_rejected', status: 404 }, { status: 404 });
    service.call(1, { outcome: 'upstream_rejected', status: 401 }, { status: 401 });
    service.call(1, { outcome: 'cancelled' }, { code: 'cancelled' });
    service.call(1, { outcome: 'internal' }, { code: 'internal' });
    service.call(0, { outcome: 'circuit_open' }, { code: 'circuit_open' });
    service.call(0, { outcome: 'overloaded' }, { code: 'overloaded' });
    service.call(0, { outcome: 'not_configured', attempts: [] });
    expect(read().lately).toMatchObject({ calls: 9, failedCalls: 2, successRatio: 0.5, refusedCalls: 3 });
    expect(read().lately).toMatchObject({ attempts: 6, failedAttempts: 1 });
  });

  it('counts repetitions, stale answers, and answers from the store', () => {
    const attempt = { startedAtMs: 0, queuedMs: 0, dispatchedMs: 0, durationMs: 1, status: 503 };
    service.call(9, { attempts: [attempt, attempt, { ...attempt, status: 200 }], cache: { fwd: 'miss' } });
    service.call(9, { attempts: [attempt], cache: { fwd: 'stale', detail: 'stale-if-error' } });
    service.call(0, { attempts: [], cache: { ttlMs: -1, detail: 'stale-while-revalidate' } });
    service.call(0, { attempts: [], cache: { ttlMs: 5 } });
    service.call(0, { cache: { fwd: 'method' } });
    expect(read().lately).toMatchObject({ retries: 2, staleAnswers: 2, cacheHitRatio: 0.5, failedCalls: 0 });
    expect(read().why).toBe('1 of 3 calls failed in the last 60 s: upstream_failed; stale answers stood in for 1');
  });

  it('tells how long attempts take: without waits of our own, nor what was cut off too soon to tell', () => {
    service.call(1_000, {}, { queuedMs: 500, dispatchedMs: 900 });
    service.call(20, { outcome: 'cancelled' }, { status: undefined as never, code: 'cancelled' });
    service.call(1, { outcome: 'upstream_unreachable' }, { status: undefined as never, code: 'upstream_unreachable' });
    const { p50Ms, p99Ms } = read().lately.latency!;
    expect(Math.abs(p50Ms - 100)).toBeLessThan(10);
    expect(Math.abs(p99Ms - 100)).toBeLessThan(10);
  });

  it('tells the last failure and what the service says of itself, for as long as nothing newer is known', async () => {
    const notices = { quota: { remaining: 3, limit: 10 }, sunset: 'Sat, 31 Oct 2026 23:59:59 GMT', deprecation: '@1' };
    service.call(5, { notices });
    service.call(5, { outcome: 'upstream_timeout', requestId: 'r-1', decisions: ['retried: x', 'ended: too slow'] });
    await service.clock.advance(600_000);
    service.call(5, { notices: { quota: { remaining: 2 } } });
    const operation = 'getThing';
    expect(read().lastError).toEqual({
      ...{ at: '2026-01-01T00:00:00.000Z', operation, code: 'upstream_timeout', reason: 'too slow', requestId: 'r-1' },
    });
    expect(read()).toMatchObject({ sunset: notices.sunset, deprecation: '@1' });
    expect(read().quota).toEqual({ remaining: 2, at: '2026-01-01T00:10:00.000Z' });
  });

  it('has a point for each 5 s that are over, the oldest first', async () => {
    await service.each(4, () => service.call());
    await service.each(5, () => service.fail(250));
    await service.clock.advance(1_000);
    const [before, last] = service.vitals.history('fixture').slice(-2);
    expect(before).toMatchObject({ at: Date.UTC(2026, 0, 1, 0, 0, 5), calls: 4, failedCalls: 0 });
    expect(last).toMatchObject({ at: Date.UTC(2026, 0, 1, 0, 0, 10), calls: 5, failedCalls: 5, hits: 0 });
    expect(Math.abs(last!.p95Ms! - 250)).toBeLessThan(25);
    await service.clock.advance(300_000);
    expect(service.vitals.history('fixture').every(({ calls, p95Ms }) => calls === 0 && p95Ms === null)).toBe(true);
  });

  it('forgets what was longer ago than a minute', async () => {
    await service.each(50, () => service.fail());
    await service.clock.advance(61_000);
    expect(read().lately).toMatchObject(NOTHING);
  });

  it('counts anew what it has room for once only', async () => {
    await service.each(620, () => service.call());
    expect(read().lately).toMatchObject({ calls: 56, attempts: 56, windowMs: 55_000 });
    expect(service.vitals.history('fixture').map(({ calls }) => calls)).toEqual(Array(60).fill(5));
  });

  it('bears a clock that stands still, and a receipt from the past', async () => {
    await service.clock.advance(100_000);
    service.call();
    service.call(90_000);
    expect(read().lately.calls).toBe(2);
  });
});
