import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { CallReceipts, type CallReceipt } from '../../outbound/index.ts';
import { RemarkableCalls } from './remarkable-calls.ts';

const attempt = { startedAtMs: 0, queuedMs: 0, dispatchedMs: 0, durationMs: 1.26 };

const listen = () => {
  const [receipts, clock] = [new CallReceipts(), new FakeClock()];
  const calls = new RemarkableCalls(receipts, clock);
  const publish = (parts: Partial<CallReceipt>): void =>
    receipts.publish(buildReceipt({ attempts: [attempt], ...parts }));
  return { calls, clock, publish };
};

const failed = (operation: string): Partial<CallReceipt> => ({ operation, outcome: 'upstream_failed', status: 503 });

const refused = (operation: string, provider = 'fixture'): Partial<CallReceipt> => ({
  ...{ operation, provider, outcome: 'circuit_open' },
  attempts: [{ startedAtMs: 0, queuedMs: 0, durationMs: 0 }],
});

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

  it('are not crowded out by those that were never sent', () => {
    const { calls, publish } = listen();
    for (let number = 0; number < 4; number += 1) publish(failed(`op${number}`));
    for (let number = 0; number < 276; number += 1) publish(refused(`no${number}`));
    const names = calls.list(50).map(({ operation }) => operation);
    expect(names).toEqual([...Array.from({ length: 10 }, (_, age) => `no${275 - age}`), 'op3', 'op2', 'op1', 'op0']);
  });

  it('keep most of a full list to those that were sent, in the order in which all ended', () => {
    const { calls, publish } = listen();
    for (let number = 0; number < 100; number += 1) {
      publish(refused(`no${number}`, `provider-${number % 5}`));
      publish(failed(`op${number}`));
    }
    const listed = calls.list(50);
    expect(listed.filter(({ operation }) => operation.startsWith('op'))).toHaveLength(40);
    expect(listed.slice(0, 4).map(({ operation }) => operation)).toEqual(['op99', 'no99', 'op98', 'no98']);
    const ids = listed.map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((one, other) => other - one));
  });

  it('have room for the refusals of those providers that refused last', () => {
    const { calls, publish } = listen();
    for (let number = 0; number < 1_000; number += 1) publish(refused('get', `provider-${number % 500}`));
    const providers = calls.list(1_000).map(({ provider }) => provider);
    expect(providers).toEqual(Array.from({ length: 20 }, (_, age) => `provider-${499 - age}`));
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
      ...{ startedAtMs: 0, queuedMs: 0, dispatchedMs: 0, sentMs: null, firstByteMs: 0, durationMs: 1.3 },
      ...{ isHedge: false, status: null, error: `${'z'.repeat(300)}…`, server: null },
    });
    expect(JSON.stringify(call).length).toBeLessThan(25_000);
  });
});
