import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf, type Answer } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startLedger, type LedgerScene } from './ledger-scene.ts';

const REQUEST_TIMEOUT_MS = 30_000;
const MARGIN_MS = 10_000;
const DAY_MS = 24 * 3_600_000;

let clock: FakeClock;
let breakwater: LedgerScene;
beforeEach(async () => {
  clock = new FakeClock();
  breakwater = await startLedger(clock);
});
afterEach(() => breakwater.close());

/** A handler that never ends is to all others as one whose process is gone. */
const begin = async (path: string, headers: Record<string, string> = {}) => {
  const gate = Promise.withResolvers<object>();
  breakwater.ledger.work = () => (breakwater.ledger.written === 1 ? gate.promise : { second: true });
  const first = breakwater.send({ path, key: 'k', headers });
  await eventually(() => expect(breakwater.ledger.written).toBe(1));
  return { gate, first, again: (): Promise<Answer> => breakwater.send({ path, key: 'k' }) };
};

describe('a request whose holder is gone', () => {
  it.each(['', '/repeatable'])('may be at work until its time is over: %s', async (path) => {
    const { again, first, gate } = await begin(path);
    await clock.advance(REQUEST_TIMEOUT_MS + MARGIN_MS - 1);
    expect((await first).status).toBe(504);
    expect(problemOf(await again())).toMatchObject({ status: 409, code: 'idempotency_in_flight' });
    expect(breakwater.ledger.written).toBe(1);
    gate.resolve({});
  });

  it('may be at work for less time when it said so', async () => {
    const { again, gate } = await begin('', { 'x-request-timeout-ms': '1000' });
    await clock.advance(1_000 + MARGIN_MS);
    expect(problemOf(await again())).toMatchObject({ status: 409, code: 'idempotency_outcome_unknown' });
    gate.resolve({});
  });

  it('is not done again where that is not safe, however often it is sent', async () => {
    const { again, gate } = await begin('');
    await clock.advance(REQUEST_TIMEOUT_MS + MARGIN_MS);
    for (let time = 0; time < 3; time += 1) {
      const answer = await again();
      expect(problemOf(answer)).toMatchObject({ status: 409, code: 'idempotency_outcome_unknown' });
      expect(answer.headers.get('retry-after')).toBeNull();
    }
    expect(breakwater.ledger.written).toBe(1);
    gate.resolve({});
  });

  it('that comes back after all has the last word where it was not done again', async () => {
    const { again, gate } = await begin('');
    await clock.advance(REQUEST_TIMEOUT_MS + MARGIN_MS);
    gate.resolve({ late: true });
    await eventually(async () => expect((await again()).text).toBe('{"late":true}'));
    const { status, headers } = await again();
    expect([status, headers.get('content-type')]).toEqual([201, 'application/json; charset=utf-8']);
    expect(breakwater.ledger.written).toBe(1);
  });

  it('is done again, once, where that is safe; who comes back too late changes nothing', async () => {
    const { again, gate } = await begin('/repeatable');
    await clock.advance(REQUEST_TIMEOUT_MS + MARGIN_MS);
    const answers = await Promise.all(Array.from({ length: 20 }, again));
    expect(breakwater.ledger.written).toBe(2);
    expect(answers.some(({ text }) => text === '{"second":true}')).toBe(true);
    const { asked } = breakwater.records;
    gate.resolve({ late: true });
    await eventually(() => expect(breakwater.records.asked).toBeGreaterThan(asked));
    expect((await again()).text).toBe('{"second":true}');
  });
});

it('a key is kept for a day from when it was first sent', async () => {
  breakwater.ledger.work = () => ({});
  const send = () => breakwater.send({ key: 'day' });
  await send();
  await clock.advance(DAY_MS - 1);
  expect((await send()).headers.get('idempotency-replayed')).toBe('true');
  await clock.advance(1);
  expect((await send()).headers.get('idempotency-replayed')).toBeNull();
  expect(breakwater.ledger.written).toBe(2);
});
