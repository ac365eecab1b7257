import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../test/support/scripted-send.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { toFailureKind } from './to-failure-kind.ts';

const open = new AbortController().signal;
const aborted = AbortSignal.abort(new CallerGone());

describe('toFailureKind', () => {
  it.each([open, aborted])('is the code of an upstream error, whether the call was cancelled or not', (signal) => {
    expect(toFailureKind(failure(), signal)).toBe('upstream_unreachable');
  });

  it('is a cancellation when the call was cancelled, whatever was thrown then', () => {
    for (const thrown of [aborted.reason, new TypeError('x'), undefined])
      expect(toFailureKind(thrown, aborted)).toBe('cancelled');
  });

  it('is our own mistake otherwise', () => {
    for (const thrown of [new TypeError('x'), 'x', undefined, null, { code: 'upstream_failed' }])
      expect(toFailureKind(thrown, open)).toBe('internal');
  });
});
