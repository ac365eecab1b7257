import { describe, expect, it } from '@jest/globals';
import { buildOptions } from '../../test/support/build-call.ts';
import { checkCombinations } from './check-combinations.ts';
import type { OperationOptions } from './http/operation.ts';
import type { ProviderOptions } from './provider-options.ts';

const check = (own: Partial<ProviderOptions>, operations: Record<string, OperationOptions> = {}): string[] =>
  checkCombinations(buildOptions(own), { operations, credential: undefined }, (field) => `X_${field}`).map(
    ({ variable, value, remedy }) => `${variable}=${value}: ${remedy}`,
  );

describe('hedging is refused', () => {
  it('after a time that no attempt reaches', () =>
    expect(check({ hedge: 'on', hedgeAfterMs: 10_000 })).toEqual([
      'X_hedgeAfterMs=10000: must be less than X_attemptTimeoutMs=10000',
    ]));

  it.each<[string, OperationOptions, string]>([
    [
      'of what has effects',
      { method: 'POST', hedge: 'on' },
      'operation it: hedge=on: POST may not be done twice at the same time: add idempotent if it may',
    ],
    ['of DELETE', { method: 'DELETE', hedge: { afterMs: 5 } }, 'DELETE may not be done twice'],
    ['after half a ms', { hedge: { afterMs: 0.5 } }, 'hedge.afterMs=0.5: give a whole number of ms'],
    ['after less than nothing', { hedge: { afterMs: -1 } }, 'hedge.afterMs=-1'],
    ['after its own attempt timeout', { attemptTimeoutMs: 50, hedge: { afterMs: 50 } }, 'attemptTimeoutMs=50'],
    ['for no share', { hedge: { maxShare: 0 } }, 'operation it: hedge.maxShare=0: give a number'],
    ['for more than all', { hedge: { maxShare: 1.1 } }, 'hedge.maxShare=1.1'],
  ])('%s', (_what, it, problem) => expect(check({}, { it })).toEqual([expect.stringContaining(problem)]));
});

it('an attempt timeout of its own is refused where the provider says later that it is late', () => {
  const problem =
    'operation it: attemptTimeoutMs=100: must be more than hedgeAfterMs=100; or give the operation a hedge of its own';
  expect(check({ hedge: 'on', hedgeAfterMs: 100 }, { it: { attemptTimeoutMs: 100 } })).toEqual([problem]);
  expect(check({ hedgeAfterMs: 100 }, { it: { attemptTimeoutMs: 100, hedge: 'on' } })).toEqual([problem]);
});

describe('hedging is accepted', () => {
  it.each<OperationOptions>([
    { hedge: 'on' },
    { hedge: 'off', method: 'POST' },
    { hedge: 'on', method: 'HEAD' },
    { hedge: { afterMs: 200, maxShare: 1 } },
    { hedge: 'on', method: 'POST', idempotent: true },
    { attemptTimeoutMs: 101 },
    { attemptTimeoutMs: 50, hedge: { afterMs: 20 } },
    { attemptTimeoutMs: 50, hedge: 'off' },
    { attemptTimeoutMs: 50, method: 'PUT', idempotent: true },
  ])('as %j', (it) => expect(check({ hedge: 'on', hedgeAfterMs: 100 }, { it })).toEqual([]));
});
