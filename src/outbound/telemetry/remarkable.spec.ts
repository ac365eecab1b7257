import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import type { AttemptRecord, CallReceipt } from './call-receipt.ts';
import { SENT_ELSEWHERE, TOKEN_RENEWED } from './decisions.ts';
import { remark, wasSent } from './remarkable.ts';

const attempt: AttemptRecord = { startedAtMs: 0, queuedMs: 0, durationMs: 1 };
const sent: AttemptRecord = { ...attempt, dispatchedMs: 0 };
const twice = [attempt, attempt];
const remarkOn = (parts: Partial<CallReceipt>) => remark(buildReceipt({ attempts: [attempt], ...parts }));

const FAILED = 'An upstream call failed';
const ORDINARY = 'An upstream call was refused or cancelled';
const RETRIED = 'An upstream call was retried';
const NOT_LET_THROUGH = 'An upstream call was not let through';
const STALE = 'A stale answer stood in for a failed call';

describe('remark', () => {
  it('finds nothing in a second attempt beside a late one', () =>
    expect(remarkOn({ attempts: [attempt, { ...attempt, isHedge: true }] })).toBeUndefined());

  it.each<[string, Partial<CallReceipt>]>([
    ['failed', { outcome: 'upstream_failed', status: 503, attempts: twice }],
    ['was rejected', { outcome: 'upstream_rejected', status: 403 }],
    ['met an open circuit after it was sent', { outcome: 'circuit_open', attempts: [sent, attempt] }],
    [
      'was sent elsewhere, where there was no place',
      { outcome: 'overloaded', attempts: [{ ...attempt, earlier: [] }] },
    ],
    ['has no address to go to', { outcome: 'not_configured', attempts: [] }],
    ['waited for its place in vain', { outcome: 'upstream_timeout' }],
    ['failed by our own mistake', { outcome: 'internal' }],
  ])('warns of a call that %s', (_how, parts) => expect(remarkOn(parts)).toEqual({ level: 'warn', sentence: FAILED }));

  it.each<[string, Partial<CallReceipt>, string]>([
    ['was retried', { attempts: twice }, RETRIED],
    [
      'was retried, to learn that there is no such thing',
      { attempts: twice, outcome: 'upstream_rejected', status: 404 },
      RETRIED,
    ],
    ['was saved by what is stored', { cache: { fwd: 'stale', detail: 'stale-if-error' }, attempts: twice }, STALE],
    [
      'was sent elsewhere',
      { decisions: [`${SENT_ELSEWHERE}: ECONNREFUSED`] },
      'An upstream call was sent to another server',
    ],
    ['needed a new token', { decisions: [TOKEN_RENEWED] }, 'An upstream call was made again with a new token'],
    ['waited for a place', { attempts: [{ ...attempt, queuedMs: 101 }] }, 'An upstream call waited for a place'],
    ['met an open circuit', { outcome: 'circuit_open' }, NOT_LET_THROUGH],
    ['was refused again and again', { outcome: 'overloaded', attempts: twice }, NOT_LET_THROUGH],
    ['was slow', { durationMs: 1_001 }, 'An upstream call was slow'],
  ])('tells of a call that %s', (_how, parts, sentence) =>
    expect(remarkOn(parts)).toEqual({ level: 'info', sentence }),
  );

  it.each<[string, Partial<CallReceipt>]>([
    ['found nothing', { outcome: 'upstream_rejected', status: 404 }],
    ['had an expired token', { outcome: 'upstream_rejected', status: 401 }],
    ['asked for what is gone', { outcome: 'upstream_rejected', status: 410 }],
    ['was cancelled', { outcome: 'cancelled' }],
  ])('mentions a call that %s', (_how, parts) =>
    expect(remarkOn(parts)).toEqual({ level: 'debug', sentence: ORDINARY }),
  );

  it.each<[string, Partial<CallReceipt>]>([
    ['went well', {}],
    ['was not too slow', { durationMs: 1_000, attempts: [{ ...attempt, queuedMs: 100 }] }],
    ['was answered from the store', { attempts: [], cache: { ttlMs: 1 } }],
    ['was given what is stale while that is fetched anew', { cache: { detail: 'stale-while-revalidate' } }],
    ['shared the answer of another', { attempts: [], decisions: ['collapsed into a call under way'] }],
  ])('has nothing to say of a call that %s', (_how, parts) => expect(remarkOn(parts)).toBeUndefined());
});

describe('wasSent', () => {
  it.each<[boolean, string, AttemptRecord[]]>([
    [false, 'no attempt', []],
    [false, 'attempts that got no place', twice],
    [true, 'one that was on its way to its server', [attempt, sent]],
    [true, 'one that was to be sent again', [{ ...attempt, earlier: [] }]],
  ])('is %s of %s', (expected, _what, attempts) => expect(wasSent(buildReceipt({ attempts }))).toBe(expected));
});
