import { beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { MemoryRecords } from '../../../test/support/memory-records.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { IdempotentRequests, type Claim, type KeyedRequest } from './idempotent-requests.ts';
import { KEPT_FOR_MS } from './kept-request.ts';
import { Persistence } from './persistence.ts';

const ANSWER = { status: 201, headers: {}, body: '{}' };

let clock: FakeClock;
/** Two processes before one store. */
let one: IdempotentRequests;
let other: IdempotentRequests;
beforeEach(() => {
  clock = new FakeClock();
  const records = new MemoryRecords(clock);
  const open = () => new IdempotentRequests(records, clock, new Persistence(clock, captureLog().log));
  [one, other] = [open(), open()];
});

const request = (own: Partial<KeyedRequest> = {}): KeyedRequest => ({
  ...{ id: 'a', fingerprint: 'f', mayRepeat: false, deadlineAt: clock.now() + 1_000 },
  ...own,
});
const claim = async (requests: IdempotentRequests, own?: Partial<KeyedRequest>): Promise<Claim> =>
  (await requests.claim(request(own))) as Claim;
const refusal = async (requests: IdempotentRequests, own?: Partial<KeyedRequest>): Promise<unknown> =>
  ((await rejectionOf(requests.claim(request(own)))) as { code: string }).code;

describe('a claim', () => {
  it('is given to one of many', async () => {
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => claim(at % 2 ? one : other)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is given to one of many when what it stands for may be repeated and its holder is gone', async () => {
    await claim(one, { mayRepeat: true });
    await clock.advance(11_000);
    const again = Array.from({ length: 20 }, (_, at) => claim(at % 2 ? one : other, { mayRepeat: true }));
    expect((await Promise.allSettled(again)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('of a request without a deadline ends with the day, and nobody takes it over', async () => {
    await claim(one, { deadlineAt: Infinity, mayRepeat: true });
    await clock.advance(KEPT_FOR_MS - 1);
    expect(await refusal(other, { mayRepeat: true })).toBe('idempotency_in_flight');
    await clock.advance(1);
    expect(await claim(other)).toMatchObject({ version: 1 });
  });

  it('whose deadline has passed already is held for the margin all the same', async () => {
    await claim(one, { deadlineAt: -50_000, mayRepeat: true });
    expect(await refusal(other, { mayRepeat: true })).toBe('idempotency_in_flight');
  });

  it('that another has taken over settles nothing, whatever became of it', async () => {
    const first = await claim(one, { mayRepeat: true });
    await clock.advance(11_000);
    const second = await claim(other, { mayRepeat: true });
    await one.release(first);
    await one.reopen(first);
    await one.answer(first, { ...ANSWER, body: 'late' });
    expect(await refusal(one)).toBe('idempotency_in_flight');
    await other.answer(second, ANSWER);
    expect(await one.claim(request())).toEqual(ANSWER);
  });

  it('that is released leaves no trace: another request may have the key', async () => {
    await one.release(await claim(one));
    await other.answer(await claim(other, { fingerprint: 'g' }), ANSWER);
    expect(await refusal(one)).toBe('idempotency_mismatch');
    expect(await one.claim(request({ fingerprint: 'g' }))).toEqual(ANSWER);
    await clock.advance(KEPT_FOR_MS - 1);
    expect(await one.claim(request({ fingerprint: 'g' }))).toEqual(ANSWER);
  });

  it('that is reopened is for the same request', async () => {
    await one.reopen(await claim(one));
    expect(await refusal(other, { fingerprint: 'g' })).toBe('idempotency_mismatch');
    expect(await claim(other)).toMatchObject({ fingerprint: 'f' });
  });
});

it('an answer that was not kept is a refusal that says so', async () => {
  await one.answer(await claim(one), null);
  expect(await refusal(other)).toBe('idempotency_answer_not_kept');
});
