import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { CallReceipts, type CallReceipt } from '../../outbound/index.ts';
import { RemarkableCalls } from './remarkable-calls.ts';

const attempt = { startedAtMs: 0, queuedMs: 0, durationMs: 1.26 };

const listen = () => {
  const [receipts, clock] = [new CallReceipts(), new FakeClock()];
  const calls = new RemarkableCalls(receipts, clock);
  const publish = (parts: Partial<CallReceipt>): void =>
    receipts.publish(buildReceipt({ attempts: [attempt], ...parts }));
  return { calls, clock, publish };
};

const failed = (operation: string): Partial<CallReceipt> => ({ operation, outcome: 'upstream_failed', status: 503 });

describe('remarkable calls', () => {
  it('are none of those that went well, found nothing, or were given up', () => {
    const { calls, publish } = listen();
    publish({});
    publish({ outcome: 'upstream_rejected', status: 404 });
    publish({ outcome: 'cancelled' });
    expect(calls.list(50)).toEqual([]);
  });

  it('are the last ones, the newest first, each with an id of its own', () => {
    const { calls, publish } = listen();
    for (let number = 0; number < 450; number += 1) publish(failed(`op${number}`));
    const listed = calls.list(1_000);
    expect(listed.map(({ operation }) => operation)).toEqual(Array.from({ length: 200 }, (_, age) => `op${449 - age}`));
    expect(new Set(listed.map(({ id }) => id)).size).toBe(200);
    expect(calls.list(2).map(({ operation }) => operation)).toEqual(['op449', 'op448']);
  });

  it('are as many as there were, while those are few', () => {
    const { calls, publish } = listen();
    for (const name of ['one', 'two', 'three']) publish(failed(name));
    expect(calls.list(50).map(({ operation }) => operation)).toEqual(['three', 'two', 'one']);
  });

  it('tell when they ended, and no more than a page can show', async () => {
    const { calls, clock, publish } = listen();
    await clock.advance(1_500);
    publish({
      ...failed('get'),
      attempts: Array.from({ length: 500 }, () => ({ ...attempt, error: 'z'.repeat(5_000), firstByteMs: 0.04 })),
      decisions: Array.from({ length: 500 }, () => 'z'.repeat(5_000)),
      requestId: 'this-one',
    });
    const [call] = calls.list(1);
    expect(call).toMatchObject({ at: '2026-01-01T00:00:01.500Z', requestId: 'this-one', traceId: null, status: 503 });
    expect(call!.attempts[0]).toEqual({
      ...{ startedAtMs: 0, queuedMs: 0, dispatchedMs: null, sentMs: null, firstByteMs: 0, durationMs: 1.3 },
      ...{ status: null, error: `${'z'.repeat(300)}…`, server: null },
    });
    expect(JSON.stringify(call).length).toBeLessThan(25_000);
  });
});
