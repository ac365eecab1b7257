import { describe, expect, it } from '@jest/globals';
import { buildOptions } from '../../../test/support/build-call.ts';
import { RetryBudget } from './retry-budget.ts';

/** A budget with so many calls under way. */
const budgetWith = (calls: number, own: Parameters<typeof buildOptions>[0] = {}): RetryBudget => {
  const budget = new RetryBudget(buildOptions(own));
  for (let call = 0; call < calls; call += 1) budget.callStarted();
  return budget;
};

/** How many retries it grants in a row when none of them ends. */
const grantsOf = (budget: RetryBudget): number => {
  let grants = 0;
  while (grants < 1_000 && budget.tryAcquire(false)) grants += 1;
  return grants;
};

describe('RetryBudget', () => {
  it.each([
    ['transient failures', false, 35],
    ['throttling', true, 100],
  ])('is spent by %s after as many failed retries as its tokens pay for', (_why, isThrottled, retries) => {
    const budget = budgetWith(1);
    for (let retry = 0; retry < retries; retry += 1) budget.tryAcquire(isThrottled)!.release(false);
    expect(budget.tryAcquire(isThrottled)).toBeUndefined();
    expect(budget.tokens).toBe(500 - retries * (isThrottled ? 5 : 14));
  });

  it.each([
    [0, 3],
    [1, 3],
    [15, 3],
    [16, 3],
    [19, 3],
    [20, 4],
    [64, 12],
    [100, 20],
  ])('allows, with %i calls in flight, %i retries at once', (calls, retries) => {
    expect(grantsOf(budgetWith(calls, { retryCost: 0 }))).toBe(retries);
  });

  it('does not charge for a retry that it refuses', () => {
    const budget = budgetWith(1);
    grantsOf(budget);
    expect(budget.tokens).toBe(500 - 3 * 14);
  });

  it.each([false, true])('gives the tokens back for a retry that succeeded (throttled: %s)', (isThrottled) => {
    const budget = budgetWith(1);
    const permit = budget.tryAcquire(isThrottled);
    permit?.release(true);
    expect(budget.tokens).toBe(500);
  });

  it('earns a token by a call that succeeded at once, and none by any other, up to what it holds', () => {
    const budget = budgetWith(3);
    budget.tryAcquire(false)?.release(false);
    budget.callEnded(false);
    expect(budget.tokens).toBe(486);
    budget.callEnded(true);
    expect(budget.tokens).toBe(487);
    for (let call = 0; call < 100; call += 1) {
      budget.callStarted();
      budget.callEnded(true);
    }
    expect(budget.tokens).toBe(500);
  });

  it('frees a place when a retry ends', () => {
    const budget = budgetWith(1);
    const permits = [1, 2, 3].map(() => budget.tryAcquire(false));
    expect(budget.tryAcquire(false)).toBeUndefined();
    permits[0]?.release(false);
    expect(budget.tryAcquire(false)).toBeDefined();
  });

  it('grants as many second attempts beside late ones at once, in no place of a retry', () => {
    const budget = budgetWith(20, { retryCost: 0 });
    const permits = [1, 2, 3, 4].map(() => budget.tryAcquireBeside());
    expect(budget.tryAcquireBeside()).toBeUndefined();
    expect(grantsOf(budget)).toBe(4);
    permits[0]?.release(false);
    expect(budget.tryAcquireBeside()).toBeDefined();
    expect(budget.tryAcquire(false)).toBeUndefined();
  });

  it('leaves half of its tokens to retries, whatever is late', () => {
    const budget = budgetWith(1, { retryBudgetTokens: 100, retryCost: 14 });
    for (let late = 0; late < 9; late += 1) budget.tryAcquireBeside()?.release(false);
    expect(budget.tokens).toBe(58);
    budget.tryAcquire(false)!.release(true);
    expect(budget.tokens).toBe(58);
  });

  it('forgets the calls that have ended', () => {
    const budget = budgetWith(40);
    for (let call = 0; call < 35; call += 1) budget.callEnded(false);
    expect(grantsOf(budget)).toBe(3);
  });
});
