import { beforeEach, describe, expect, it } from '@jest/globals';
import { watchService, type WatchedService } from '../../../test/support/watched-service.ts';
import type { ServerVitals } from './vitals.ts';

let service: WatchedService;

const named = (ids: readonly string[]): void => {
  const endpoints = ids.map((id) => ({ id, weight: 1, priority: 0, state: 'healthy' as const, outstanding: 0 }));
  service.status = { ...service.status, endpoints };
};

const read = (): readonly ServerVitals[] => service.vitals.of('fixture').servers;

beforeEach(() => {
  service = watchService();
  named(['http://a', 'http://b']);
});

describe('the servers of a service', () => {
  it('are told each by itself', async () => {
    service.call(50, {}, { server: 'http://a' });
    service.call(1, { outcome: 'upstream_failed' }, { server: 'http://b', status: 503 });
    const failed = { code: 'upstream_failed', reason: 'status 503', status: 503, operation: 'getThing' };
    expect(read()).toMatchObject([
      { id: 'http://a', attempts: 1, failedAttempts: 0, lastError: null },
      { id: 'http://b', attempts: 1, failedAttempts: 1, lastError: failed },
    ]);
    await service.clock.advance(75_000);
    expect(read()).toMatchObject([
      { attempts: 0, latency: null },
      { attempts: 0, failedAttempts: 0, lastError: failed },
    ]);
  });

  it('are told also where another one stood in for them', () => {
    const unreachable = { code: 'upstream_unreachable' as const, error: 'ECONNREFUSED', dispatchedMs: 1, endedMs: 2 };
    service.call(50, {}, { server: 'http://a', earlier: [{ ...unreachable, server: 'http://b' }] });
    expect(read()).toMatchObject([
      { id: 'http://a', attempts: 1, failedAttempts: 0, lastError: null },
      { id: 'http://b', attempts: 1, failedAttempts: 1, lastError: { reason: 'ECONNREFUSED' } },
    ]);
    expect(service.vitals.of('fixture').lately).toMatchObject({ attempts: 1, failedAttempts: 0, retries: 0 });
  });

  it('are told each request of an attempt that needed another token', () => {
    service.call(
      50,
      {},
      { server: 'http://a', earlier: [{ status: 401, server: 'http://a', dispatchedMs: 1, endedMs: 5 }] },
    );
    expect(read()).toMatchObject([{ attempts: 2, failedAttempts: 0 }, { attempts: 0 }]);
  });

  it('are those there are now, asked or not', () => {
    service.call(50, {}, { server: 'http://gone' });
    expect(read()).toMatchObject([
      { id: 'http://a', attempts: 0 },
      { id: 'http://b', attempts: 0 },
    ]);
  });

  it('are 64 at most', () => {
    const ids = Array.from({ length: 100 }, (_, index) => `http://s${index}`);
    named(ids);
    for (const server of ids) service.call(1, {}, { server });
    expect(read().filter(({ attempts }) => attempts > 0)).toHaveLength(64);
  });
});
