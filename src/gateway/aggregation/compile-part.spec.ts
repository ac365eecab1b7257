import { afterEach, expect, it } from '@jest/globals';
import { startAggregate, type PartSetup, type RouteSetup } from '../../../test/support/aggregate-server.ts';
import type { Operation } from '../../outbound/index.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

const operationOf = async (route: RouteSetup, own: Partial<PartSetup> = {}): Promise<Operation> => {
  const server = await startAggregate({ parts: { it: { url: 'http://127.0.0.1:1', ...own } }, route });
  opened.push(server);
  return server.route.parts[0]!.operation;
};

const TIMES = { connectMs: 1, idleMs: 1, tunnelIdleMs: 1 };

it('makes operations as patient as their provider, and no answer is kept', async () => {
  const options = { callDeadlineMs: 1, attemptTimeoutMs: 2, maxAttempts: 3, maxResponseBytes: 4 };
  expect(await operationOf({}, { options })).toMatchObject({
    ...options,
    name: 'both.it',
    idempotent: true,
    cache: 'off',
  });
});

it('makes operations as patient as their route, where it says more', async () => {
  const operation = await operationOf({
    timeouts: { ...TIMES, attemptMs: 5, callMs: 6 },
    retries: { attempts: 7, idempotencyKey: false },
    response: { maxBytes: 8 },
    cache: { ttlMs: 9 },
  });
  expect(operation).toMatchObject({ attemptTimeoutMs: 5, callDeadlineMs: 6, maxAttempts: 7, maxResponseBytes: 8 });
  expect(operation.cache).toMatchObject({ ttlMs: 9 });
});

it('hedges parts where their route says so', async () => {
  expect((await operationOf({})).hedging).toBeUndefined();
  expect((await operationOf({ hedge: { afterMs: 9 } })).hedging?.afterMs).toBe(9);
});

it('gives a part no more than its own time', async () => {
  expect(await operationOf({ timeouts: { ...TIMES, callMs: 6 } }, { timeoutMs: 5 })).toMatchObject({
    callDeadlineMs: 5,
  });
});
