import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../test/support/scripted-send.ts';
import { toFailureCode } from './status-failure.ts';
import { isAbsent } from './upstream-error.ts';

describe('toFailureCode', () => {
  it.each([
    [199, 'upstream_invalid_answer'],
    [200, undefined],
    [204, undefined],
    [299, undefined],
    [301, 'upstream_invalid_answer'],
    [304, 'upstream_invalid_answer'],
    [400, 'upstream_rejected'],
    [401, 'upstream_rejected'],
    [404, 'upstream_rejected'],
    [428, 'upstream_rejected'],
    [429, 'upstream_throttled'],
    [500, 'upstream_failed'],
    [503, 'upstream_failed'],
    [599, 'upstream_failed'],
  ])('makes of status %i: %s', (status, code) => expect(toFailureCode(status)).toBe(code));
});

describe('isAbsent', () => {
  it.each([
    [failure({ status: 404 }), true],
    [failure({ status: 410 }), true],
    [failure({ status: 403 }), false],
    [failure(), false],
    [Object.assign(new Error('a stranger'), { status: 404 }), false],
    [undefined, false],
  ])('says of %p: %s', (error, expected) => expect(isAbsent(error)).toBe(expected));
});
