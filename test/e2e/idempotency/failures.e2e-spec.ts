import { ConflictException, HttpException, NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeadlinePassed } from '../../../src/inbound/problems/deadline-passed.ts';
import { InvalidRequest } from '../../../src/inbound/problems/invalid-request.ts';
import { TooManyRequests } from '../../../src/inbound/problems/too-many-requests.ts';
import { UpstreamError, type UpstreamErrorCode } from '../../../src/outbound/index.ts';
import { CallerGone } from '../../../src/platform/context/caller-gone.ts';
import { RecordsUnavailable } from '../../../src/platform/records/records.ts';
import { VaultUnavailable } from '../../../src/platform/vault/vault.ts';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { startLedger, type LedgerScene } from './ledger-scene.ts';

let breakwater: LedgerScene;
beforeAll(async () => {
  breakwater = await startLedger();
});
afterAll(() => breakwater.close());

let before = 0;
let key = '';
beforeEach(() => {
  before = breakwater.ledger.written;
  key = `key-${Math.random()}`;
});
const written = () => breakwater.ledger.written - before;

/** The first time only. */
const failWith = (thrown: unknown): void => {
  breakwater.ledger.work = () => {
    if (written() === 1) throw thrown;
    return { done: true };
  };
};

const upstream = (code: UpstreamErrorCode, more: object = {}): UpstreamError =>
  new UpstreamError({ code, provider: 'ledger', operation: 'write', reason: 'as the test wants', ...more });

const MAYBE_DONE: [string, unknown, number, string][] = [
  [
    'an upstream that failed',
    upstream('upstream_failed', { status: 500, retryAfterMs: 2_000 }),
    502,
    'upstream_failed',
  ],
  ['a connection that broke', upstream('upstream_unreachable'), 502, 'upstream_unreachable'],
  ['an upstream that took too long', upstream('upstream_timeout'), 504, 'upstream_timeout'],
  ['an answer that is unusable', upstream('upstream_invalid_answer', { status: 200 }), 502, 'upstream_invalid_answer'],
  ['the deadline', new DeadlinePassed(), 504, 'upstream_timeout'],
  ['a fault of ours', new TypeError('x is not a function'), 500, 'internal'],
  ['a thrown nothing', undefined, 500, 'internal'],
  ['a 5xx of ours', new ServiceUnavailableException(), 500, 'internal'],
  ['a redirection that was thrown', new HttpException('moved', 302), 500, 'internal'],
];

const UNDONE: [string, unknown, number][] = [
  ['invalid input', new InvalidRequest([{ field: 'text', detail: 'is wrong' }]), 400],
  ['nothing there', new NotFoundException('There is no such thing'), 404],
  ['a conflict', new ConflictException('It is over'), 409],
  ['too many requests', new TooManyRequests(1_000), 429],
  ['what was not sent', upstream('upstream_unreachable', { sent: false }), 502],
  ['a deadline before it was sent', upstream('upstream_timeout', { sent: false }), 504],
  ['an upstream that refused it', upstream('upstream_rejected', { status: 403 }), 502],
  ['an upstream that is throttled', upstream('upstream_throttled', { status: 429 }), 503],
  ['an open circuit', upstream('circuit_open'), 503],
  ['a full queue', upstream('overloaded'), 503],
  ['an upstream that is off', upstream('not_configured'), 503],
  ['a store of tokens that is gone', new VaultUnavailable(), 503],
];

describe('a write that failed and may have been done', () => {
  it.each(MAYBE_DONE)('is not done again, and is answered as before: %s', async (_what, thrown, status, code) => {
    failWith(thrown);
    const [first, second] = [await breakwater.send({ key }), await breakwater.send({ key })];
    expect([first.status, second.status, problemOf(second).code]).toEqual([status, status, code]);
    expect(second.headers.get('content-type')).toBe('application/problem+json');
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('retry-after')).toBeNull();
    const { retryAfterMs: _never, ...problem } = problemOf(first);
    expect(problemOf(second)).toEqual(problem);
    expect(written()).toBe(1);
  });

  it.each([
    ['nobody waited', new CallerGone()],
    ['the store was gone', new RecordsUnavailable()],
  ])('is not done again, and nobody says how it ended: %s', async (_why, thrown) => {
    failWith(thrown);
    await breakwater.send({ key });
    const second = await breakwater.send({ key });
    expect(problemOf(second)).toMatchObject({ status: 409, code: 'idempotency_outcome_unknown' });
    expect(written()).toBe(1);
  });

  it.each(MAYBE_DONE)('is done again where that is safe: %s', async (_what, thrown, status) => {
    failWith(thrown);
    const path = '/repeatable';
    const answers = [await breakwater.send({ key, path }), await breakwater.send({ key, path })];
    answers.push(await breakwater.send({ key, path }));
    expect(answers.map((answer) => answer.status)).toEqual([status, 202, 202]);
    expect(written()).toBe(2);
  });

  it('is done again by the same request only', async () => {
    failWith(upstream('upstream_failed'));
    const path = '/repeatable';
    await breakwater.send({ key, path });
    expect(problemOf(await breakwater.send({ key, path, body: '{}' })).code).toBe('idempotency_mismatch');
    expect(problemOf(await breakwater.send({ key, path, headers: { prefer: 'respond-async' } })).status).toBe(422);
    expect((await breakwater.send({ key, path })).status).toBe(202);
  });
});

describe('a write that failed before anything was done', () => {
  it.each(UNDONE)('is tried again when it is sent again: %s', async (_what, thrown, status) => {
    failWith(thrown);
    const [first, second] = [await breakwater.send({ key }), await breakwater.send({ key })];
    expect([first.status, second.status]).toEqual([status, 201]);
    expect([second.headers.get('idempotency-replayed'), jsonOf(second)]).toEqual([null, { done: true }]);
    expect(written()).toBe(2);
  });

  it('may be sent again in a better form', async () => {
    failWith(null);
    const path = '/entries';
    const bodies = ['{"text":""}', '{"more":1}', '{"text":"fine"}', '{"text":"fine"}', '{"text":"other"}'];
    const statuses: number[] = [];
    breakwater.ledger.work = () => ({});
    for (const body of bodies) statuses.push((await breakwater.send({ key, path, body })).status);
    expect(statuses).toEqual([400, 400, 201, 201, 422]);
    expect(written()).toBe(1);
  });

  it('is tried again by one, when fifty try', async () => {
    failWith(new NotFoundException());
    expect((await breakwater.send({ key })).status).toBe(404);
    const answers = await Promise.all(Array.from({ length: 50 }, () => breakwater.send({ key })));
    expect(written()).toBe(2);
    const fresh = answers.filter(
      ({ status, headers }) => status === 201 && headers.get('idempotency-replayed') === null,
    );
    expect(fresh).toHaveLength(1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
  });
});
