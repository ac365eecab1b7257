import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock, settled } from '../../support/fake-clock.ts';
import { startLedger, type LedgerScene } from './ledger-scene.ts';

const ALL_DELAYS_MS = 26_000;

let clock: FakeClock;
let breakwater: LedgerScene;
beforeEach(async () => {
  clock = new FakeClock();
  breakwater = await startLedger(clock);
  breakwater.ledger.work = () => ({ done: true });
});
afterEach(() => breakwater.close());

const send = () => breakwater.send({ key: 'k' });

describe('while the store is gone', () => {
  it('a write with a key is refused and not done; one without is done', async () => {
    breakwater.records.gone = new Set(['insert']);
    const answer = await send();
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'unavailable', retryAfterMs: 1_000 });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(breakwater.ledger.written).toBe(0);
    expect((await breakwater.send()).status).toBe(201);
  });

  it('a write that was noted without our hearing of it is not done, and may be sent again soon', async () => {
    breakwater.records.mute = new Set(['insert']);
    expect((await send()).status).toBe(503);
    breakwater.records.mute = new Set();
    expect(problemOf(await send()).code).toBe('idempotency_in_flight');
    await clock.advance(1_000);
    await eventually(async () => expect((await send()).status).toBe(201));
    expect(breakwater.ledger.written).toBe(1);
  });

  it('what another request has noted since is left alone', async () => {
    breakwater.records.gone = new Set(['insert']);
    expect((await send()).status).toBe(503);
    breakwater.records.gone = new Set();
    const gate = Promise.withResolvers<object>();
    breakwater.ledger.work = () => gate.promise;
    const second = send();
    await eventually(() => expect(breakwater.ledger.written).toBe(1));
    await clock.advance(ALL_DELAYS_MS);
    expect(problemOf(await send()).code).toBe('idempotency_in_flight');
    gate.resolve({});
    expect((await second).status).toBe(201);
  });

  it('an answer is given all the same, and kept when the store is back', async () => {
    breakwater.records.gone = new Set(['replace']);
    expect((await send()).text).toBe('{"done":true}');
    expect(problemOf(await send()).code).toBe('idempotency_in_flight');
    breakwater.records.gone = new Set();
    await clock.advance(1_000);
    await eventually(async () => expect((await send()).headers.get('idempotency-replayed')).toBe('true'));
    expect(breakwater.ledger.written).toBe(1);
  });

  it('an answer that can be kept nowhere is given up after a while, and logged without a word of it', async () => {
    breakwater.records.gone = new Set(['replace']);
    breakwater.ledger.work = () => ({ secret: 'of the ledger' });
    await send();
    await clock.advance(ALL_DELAYS_MS);
    await settled();
    const warnings = breakwater.logLines.filter((line) => line.includes('could not be kept'));
    expect(warnings).toHaveLength(1);
    expect(breakwater.logLines.join('')).not.toContain('of the ledger');
    await clock.advance(20_000);
    expect(problemOf(await send()).code).toBe('idempotency_outcome_unknown');
    expect(breakwater.ledger.written).toBe(1);
  });
});
