import { describe, expect, it } from '@jest/globals';
import { isThenable } from './is-thenable.ts';

const then = (): void => undefined;

describe('isThenable', () => {
  it.each([Promise.resolve(), { then }, Object.assign(() => undefined, { then })])('takes %p for one', (value) => {
    expect(isThenable(value)).toBe(true);
  });

  it.each([undefined, null, 0, 'then', {}, [], { then: 'later' }, () => undefined])('does not take %p', (value) => {
    expect(isThenable(value)).toBe(false);
  });
});
