import { describe, expect, it } from '@jest/globals';
import { buildOptions } from '../../test/support/build-call.ts';
import { checkCombinations } from './check-combinations.ts';
import type { OperationOptions } from './http/operation.ts';
import type { ProviderOptions } from './provider-options.ts';

const check = (own: Partial<ProviderOptions>, operations: Record<string, OperationOptions> = {}) =>
  checkCombinations(buildOptions(own), { operations, credential: undefined }, (field) => `X_${field}`);

describe('checkCombinations, of a provider', () => {
  it.each<[string, Partial<ProviderOptions>, string, string]>([
    [
      'an attempt longer than its call',
      { attemptTimeoutMs: 5_000, callDeadlineMs: 4_999 },
      'X_attemptTimeoutMs=5000',
      'X_callDeadlineMs=4999',
    ],
    [
      'attempts whose waits exceed the call',
      { maxAttempts: 4, backoffBaseMs: 300, callDeadlineMs: 1_199, attemptTimeoutMs: 100 },
      'X_maxAttempts=4',
      'X_callDeadlineMs=1199',
    ],
    [
      'a window shorter than two attempts',
      { breakerWindowMs: 19_999 },
      'X_breakerWindowMs=19999',
      'X_attemptTimeoutMs=10000',
    ],
    ['an open time beyond its cap', { breakerOpenMs: 60_001 }, 'X_breakerOpenMs=60001', 'X_breakerMaxOpenMs=60000'],
  ])('refuses %s, naming both values', (_what, own, one, other) => {
    const problems = check(own).map(({ variable, value, remedy }) => `${variable}=${value}: ${remedy}`);
    expect(problems).toEqual([expect.stringContaining(one)]);
    expect(problems).toEqual([expect.stringContaining(other)]);
  });

  it.each<[string, Partial<ProviderOptions>]>([
    ['the defaults', {}],
    ['an attempt as long as its call', { attemptTimeoutMs: 5_000, callDeadlineMs: 5_000 }],
    [
      'attempts whose waits just fit',
      { maxAttempts: 4, backoffBaseMs: 300, callDeadlineMs: 1_200, attemptTimeoutMs: 100 },
    ],
    ['a window of two attempts', { breakerWindowMs: 20_000 }],
    ['an open time at its cap', { breakerOpenMs: 60_000 }],
  ])('accepts %s', (_what, own) => expect(check(own)).toEqual([]));

  it('lists all that is wrong', () => {
    expect(check({ attemptTimeoutMs: 40_000, breakerOpenMs: 70_000 }).map(({ variable }) => variable)).toEqual([
      'X_attemptTimeoutMs',
      'X_breakerWindowMs',
      'X_breakerOpenMs',
    ]);
  });
});

describe('checkCombinations, of an operation', () => {
  it.each<[string, OperationOptions, string]>([
    [
      'an attempt longer than the provider lets calls be',
      { attemptTimeoutMs: 30_001 },
      'operation doThing: attemptTimeoutMs',
    ],
    [
      'a call shorter than the provider lets attempts be',
      { callDeadlineMs: 9_999 },
      'operation doThing: attemptTimeoutMs',
    ],
    ['a window shorter than two of its attempts', { attemptTimeoutMs: 15_001 }, 'operation doThing: attemptTimeoutMs'],
    ['retries of a POST without any proof', { method: 'POST', maxAttempts: 2 }, 'operation doThing: maxAttempts'],
    ['retries of a PATCH without any proof', { method: 'PATCH', maxAttempts: 3 }, 'operation doThing: maxAttempts'],
    [
      'retries of what is declared unsafe',
      { method: 'PUT', idempotent: false, maxAttempts: 2 },
      'operation doThing: maxAttempts',
    ],
    ['no attempt at all', { maxAttempts: 0 }, 'operation doThing: maxAttempts'],
    ['half an attempt', { maxAttempts: 1.5 }, 'operation doThing: maxAttempts'],
    ['no time at all', { attemptTimeoutMs: 0 }, 'operation doThing: attemptTimeoutMs'],
    ['a time that is no number', { callDeadlineMs: Number.NaN }, 'operation doThing: callDeadlineMs'],
    ['an answer of less than nothing', { maxResponseBytes: -1 }, 'operation doThing: maxResponseBytes'],
    ['keeping for less than no time', { cache: { ttlMs: -1 } }, 'operation doThing: cache.ttlMs'],
    [
      'serving stale for half a millisecond',
      { cache: { staleIfErrorMs: 0.5 } },
      'operation doThing: cache.staleIfErrorMs',
    ],
    ['a guess beyond what is known', { cache: { heuristicRatio: 2 } }, 'operation doThing: cache.heuristicRatio'],
    ['one effect for many calls', { method: 'POST', collapse: true }, 'operation doThing: collapse'],
  ])('refuses %s', (_what, operation, variable) => {
    expect(check({}, { doThing: operation }).map((problem) => problem.variable)).toContain(variable);
  });

  it.each<[string, OperationOptions]>([
    ['nothing of its own', {}],
    ['retries of a GET', { method: 'GET', maxAttempts: 5 }],
    ['retries of a POST with keys', { method: 'POST', maxAttempts: 3, idempotencyKey: true }],
    ['retries of a POST declared idempotent', { method: 'POST', maxAttempts: 3, idempotent: true }],
    ['a POST that asks for no retries', { method: 'POST' }],
    ['a POST of one attempt', { method: 'POST', maxAttempts: 1 }],
    ['answers that are kept for a while', { cache: { ttlMs: 1_000, staleWhileRevalidateMs: 0 } }],
    ['answers that are not kept', { cache: 'off' }],
    ['one call of many that only ask', { collapse: true }],
  ])('accepts %s', (_what, operation) => expect(check({}, { doThing: operation })).toEqual([]));

  it('does not repeat for each operation what is wrong with the provider', () => {
    expect(
      check({ attemptTimeoutMs: 40_000, breakerWindowMs: 80_000 }, { doThing: {}, doOther: { idempotent: true } }),
    ).toHaveLength(1);
  });
});
