import { describe, expect, it } from '@jest/globals';
import { toWord } from './semaphore-word.ts';

const TRIGGERS = ['hook', 'schedule'];

describe('a word of Semaphore', () => {
  it.each([['PASSED'], ['passed'], ['Passed']])('is in lower case, written as %s', (value) => {
    expect(toWord(value)).toBe('passed');
  });

  it.each([
    ['a number', 1],
    ['a number as text', '1'],
  ])('is what %s stands for', (_what, value) => expect(toWord(value, TRIGGERS)).toBe('schedule'));

  it('is the first one where the number is zero', () => expect(toWord(0, TRIGGERS)).toBe('hook'));

  it.each([
    ['absent', undefined],
    ['null', null],
    ['empty', ''],
    ['a number for nothing', 7],
    ['a number for nothing, as text', '7'],
    ['a negative number', -1],
    ['half a number', 0.5],
    ['not a number', NaN],
    ['an object', { toString: () => 'passed' }],
    ['true', true],
  ])('is null when it is %s', (_what, value) => expect(toWord(value, TRIGGERS)).toBeNull());
});
