import { describe, expect, it } from '@jest/globals';
import { UpstreamError, type CallReceipt } from '../outbound/index.ts';
import { SentCalls } from './sent-calls.ts';

const receipt = (facts: Partial<CallReceipt>): CallReceipt => ({
  provider: 'ci',
  operation: 'run',
  method: 'POST',
  template: '/runs',
  requestId: 'call',
  traceId: undefined,
  startedAt: 0,
  attempts: [{ startedAtMs: 0, queuedMs: 0, durationMs: 1 }],
  backoffsMs: [],
  decisions: [],
  isBackground: false,
  durationMs: 1,
  outcome: 'answered',
  ...facts,
});

const refused = new UpstreamError({
  code: 'upstream_unreachable',
  provider: 'ci',
  operation: 'run',
  reason: 'refused',
});
const noToken = new UpstreamError({
  code: 'upstream_failed',
  provider: 'auth',
  operation: 'token',
  reason: 'status 503',
});

const write = receipt({ outcome: 'upstream_unreachable' });
const done = receipt({});
const read = receipt({ method: 'GET', operation: 'getProject' });
const failedRead = receipt({ method: 'GET', outcome: 'upstream_unreachable' });
const attempt = { startedAtMs: 0, queuedMs: 0, durationMs: 1 };
const withoutToken = receipt({
  outcome: 'upstream_failed',
  status: 503,
  attempts: [{ ...attempt, error: 'status 503' }],
});
const answeredBefore = { ...withoutToken, attempts: [{ ...attempt, status: 500 }, ...withoutToken.attempts] };

/** A write that was repeated for that reason. */
const repeatedAfter = (reason: string): CallReceipt => ({
  ...write,
  decisions: [`retried: ${reason}; the idempotency key makes it safe to repeat`, 'not retried: attempts made: 2'],
});

const judge = (receipts: CallReceipt[], error: unknown, begun = receipts.length) => {
  const sent = new SentCalls();
  for (const one of receipts) sent.note(one);
  return sent.judge(error, begun);
};

describe('SentCalls', () => {
  it.each([
    ['only reads were made, and one of them failed', [read, failedRead], refused, 'none'],
    ['its credential could not be had', [read, withoutToken], noToken, 'none'],
    ['the one write is what failed', [read, write], refused, 'as_error_says'],
    ['nothing is known of any call', [], refused, 'as_error_says'],
    ['it failed otherwise than with one of its calls', [failedRead], new Error('a bug'), 'as_error_says'],
    ['the write never got as far as an attempt', [receipt({ attempts: [] }), failedRead], refused, 'none'],
    ['a write was done before', [done, failedRead], refused, 'unknown'],
    ['a write was done before another', [done, write], refused, 'unknown'],
    ['several writes failed', [write, write], refused, 'unknown'],
    ['a bug came after a write', [done], new Error('a bug'), 'unknown'],
    ['a write was repeated under a key that the next would not have', [repeatedAfter('reset')], refused, 'unknown'],
    ['a write was repeated that had not been done', [repeatedAfter('status 429')], refused, 'as_error_says'],
    ['somebody had answered before the credential was gone', [answeredBefore], noToken, 'unknown'],
  ] as const)('when %s', (_what, receipts, error, expected) => {
    expect(judge([...receipts], error)).toBe(expected);
  });

  it('does not know while one is still under way', () => {
    expect(judge([failedRead], refused, 2)).toBe('unknown');
    expect(judge([write], refused, 2)).toBe('unknown');
  });

  it('keeps a few of many', () => {
    const many = Array.from({ length: 10_000 }, () => failedRead);
    expect(judge([...many, write], refused)).toBe('as_error_says');
  });
});
