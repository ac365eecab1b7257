import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordsUnavailable } from '../../../src/platform/records/records.ts';
import { jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { startLedger, type LedgerScene } from './ledger-scene.ts';

let breakwater: LedgerScene;
beforeEach(async () => {
  breakwater = await startLedger();
});
afterEach(() => breakwater.close());

const send = (more: object = {}): Promise<Answer> =>
  breakwater.send({
    path: '/later',
    key: 'k',
    body: '{"text":"a"}',
    headers: { prefer: 'respond-async' },
    ...more,
  });

describe('a write with a key that is put off', () => {
  it('is not taken on again when nobody knows whether it was, though its route may be repeated', async () => {
    breakwater.deferral.defer = () => {
      breakwater.deferral.deferred += 1;
      return Promise.reject(new RecordsUnavailable());
    };
    expect((await send()).status).toBe(503);
    expect(problemOf(await send())).toMatchObject({ status: 409, code: 'idempotency_outcome_unknown' });
    expect(breakwater.deferral.deferred).toBe(1);
  });

  it('is refused as another request when it is sent again without being put off', async () => {
    expect((await send()).status).toBe(202);
    expect(problemOf(await send({ headers: {} })).code).toBe('idempotency_mismatch');
    expect(breakwater.ledger.written).toBe(0);
  });

  it('that is invalid is not taken on, and may be sent again in a better form', async () => {
    expect((await send({ body: '{"text":""}' })).status).toBe(400);
    expect((await send()).status).toBe(202);
    expect(breakwater.deferral.deferred).toBe(1);
  });

  it('is taken on once, and every repetition is told where it is', async () => {
    const answers = [await send(), await send(), await send()];
    expect(breakwater.deferral.deferred).toBe(1);
    for (const { status, headers } of answers) {
      expect(status).toBe(202);
      expect(headers.get('location')).toBe('/api/v1/calls/00000000-0000-4000-8000-000000000001');
      expect([headers.get('preference-applied'), headers.get('retry-after')]).toEqual(['respond-async', '1']);
      expect(headers.get('vary')).toContain('Prefer');
    }
    expect(answers.map((answer) => jsonOf(answer))).toEqual(Array(3).fill(jsonOf(answers[0]!)));
    expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true', 'true']);
  });
});
