import { ConflictException, InternalServerErrorException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { UpstreamError } from '../outbound/index.ts';
import { RecordsUnavailable } from '../platform/records/records.ts';
import { VaultUnavailable } from '../platform/vault/vault.ts';
import { judgeFailure } from './judge-failure.ts';

type Facts = Partial<ConstructorParameters<typeof UpstreamError>[0]>;

const failure = (facts: Facts): UpstreamError =>
  new UpstreamError({ code: 'upstream_failed', provider: 'ci', operation: 'run', reason: 'it failed', ...facts });

const unreachable = (facts: Facts = {}): UpstreamError => failure({ code: 'upstream_unreachable', ...facts });
const timedOut = (facts: Facts = {}): UpstreamError => failure({ code: 'upstream_timeout', ...facts });
const rejected = (facts: Facts = {}): UpstreamError => failure({ code: 'upstream_rejected', ...facts });
const invalid = (facts: Facts = {}): UpstreamError => failure({ code: 'upstream_invalid_answer', ...facts });
const throttled = (facts: Facts = {}): UpstreamError => failure({ code: 'upstream_throttled', status: 429, ...facts });

const of = (error: unknown, repeatable: 'always' | 'never', effects = 'as_error_says' as const): string =>
  judgeFailure(error, { repeatable, effects }).kind;

describe('judgeFailure', () => {
  it.each([
    // what it failed with, what follows when it may be done twice, and when it must not
    ['429', throttled(), 'put_off', 'put_off'],
    ['429 with Retry-After', throttled({ retryAfterMs: 5 }), 'put_off', 'put_off'],
    ['our own quota', throttled({ sent: false }), 'put_off', 'put_off'],
    ['an open circuit', failure({ code: 'circuit_open', sent: false, retryAfterMs: 5 }), 'put_off', 'put_off'],
    ['a full bulkhead', failure({ code: 'overloaded', sent: false, retryAfterMs: 5 }), 'put_off', 'put_off'],
    ['places that are taken', failure({ code: 'overloaded' }), 'put_off', 'put_off'],
    ['no connection', unreachable({ sent: false }), 'again', 'again'],
    ['a wrong certificate', unreachable({ sent: false, transient: false }), 'failed', 'failed'],
    ['a connection that broke', unreachable(), 'again', 'outcome_unknown'],
    ['a connection that never works', unreachable({ transient: false }), 'failed', 'outcome_unknown'],
    ['no answer in time', timedOut(), 'again', 'outcome_unknown'],
    ['no time left to send it', timedOut({ sent: false }), 'again', 'again'],
    ['status 408', timedOut({ status: 408 }), 'again', 'outcome_unknown'],
    ['status 500', failure({ status: 500 }), 'again', 'outcome_unknown'],
    ['status 501', failure({ status: 501 }), 'failed', 'failed'],
    ['status 502', failure({ status: 502 }), 'again', 'outcome_unknown'],
    ['status 503', failure({ status: 503 }), 'again', 'outcome_unknown'],
    ['status 503 with Retry-After', failure({ status: 503, retryAfterMs: 5 }), 'put_off', 'outcome_unknown'],
    ['status 504', failure({ status: 504 }), 'again', 'outcome_unknown'],
    ['status 505', failure({ status: 505 }), 'failed', 'failed'],
    ['status 599', failure({ status: 599 }), 'again', 'outcome_unknown'],
    ['status 400', rejected({ status: 400 }), 'failed', 'failed'],
    ['status 401', rejected({ status: 401 }), 'failed', 'failed'],
    ['status 404', rejected({ status: 404 }), 'failed', 'failed'],
    ['status 409 with Retry-After', rejected({ status: 409, retryAfterMs: 5 }), 'failed', 'failed'],
    ['nobody logged in', rejected({ sent: false, transient: false }), 'failed', 'failed'],
    ['a redirect', invalid({ status: 302 }), 'failed', 'failed'],
    ['200 that cannot be read', invalid({ status: 200, transient: false }), 'failed', 'outcome_unknown'],
    ['an answer that is none', invalid({ transient: false }), 'failed', 'outcome_unknown'],
    ['a provider that is off', failure({ code: 'not_configured', sent: false, transient: false }), 'failed', 'failed'],
    ['404 of a feature', new NotFoundException('no such workflow'), 'failed', 'failed'],
    ['409 of a feature', new ConflictException('finished'), 'failed', 'failed'],
    ['500 of a feature', new InternalServerErrorException(), 'failed', 'failed'],
    ['the records gone', new RecordsUnavailable(), 'put_off', 'outcome_unknown'],
    ['the vault gone', new VaultUnavailable(), 'put_off', 'outcome_unknown'],
    ['a bug', new TypeError('x is not a function'), 'internal', 'internal'],
    ['a text', 'thrown', 'internal', 'internal'],
    ['nothing', undefined, 'internal', 'internal'],
  ])('%s', (_what, error, repeatable, once) => {
    expect([of(error, 'always'), of(error, 'never')]).toEqual([repeatable, once]);
  });

  it('says when there is room again', () => {
    const circumstances = { repeatable: 'never', effects: 'as_error_says' } as const;
    expect(judgeFailure(throttled({ retryAfterMs: 7_000 }), circumstances)).toEqual({
      kind: 'put_off',
      askedMs: 7_000,
    });
    expect(judgeFailure(throttled(), circumstances)).toEqual({ kind: 'put_off', askedMs: undefined });
  });

  it.each([
    ['a read before the write that failed', timedOut(), 'again'],
    ['a read before the write with status 503', failure({ status: 503 }), 'again'],
    ['a read before the write with status 404', rejected({ status: 404 }), 'failed'],
  ])('tries again what must not be done twice, when certainly nothing was: %s', (_what, error, expected) => {
    expect(judgeFailure(error, { repeatable: 'never', effects: 'none' }).kind).toBe(expected);
  });

  it.each([
    ['no room for a second call', throttled()],
    ['a second call that was not sent', unreachable({ sent: false })],
    ['a second call that was refused', rejected({ status: 400 })],
    ['a bug after it', new TypeError('x is not a function')],
  ])('does not know what became of it when more was sent than what failed: %s', (_what, error) => {
    expect(judgeFailure(error, { repeatable: 'never', effects: 'unknown' }).kind).toBe('outcome_unknown');
    expect(judgeFailure(error, { repeatable: 'always', effects: 'unknown' }).kind).not.toBe('outcome_unknown');
  });

  it('takes a word of the feature for it, whatever was sent', () => {
    const error = new NotFoundException('no such workflow');
    expect(judgeFailure(error, { repeatable: 'never', effects: 'unknown' }).kind).toBe('failed');
  });
});
