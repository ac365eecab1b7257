import { describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import type { HeaderMap } from '../http/header-map.ts';
import { isAlike } from './is-alike.ts';

/** Judges two calls by an answer that can be kept and has this `Vary`; by one that cannot when there is none. */
const judge = (one: HeaderMap, other: HeaderMap, vary?: string): boolean => {
  const stored = vary === undefined ? {} : { stored: buildEntry({ headers: { vary } }) };
  return isAlike(buildCall({ headers: one }), buildCall({ headers: other }), { ...buildReply(), ...stored });
};

describe('isAlike', () => {
  it.each<[string, HeaderMap, HeaderMap, string, boolean]>([
    ['nothing it varies on', { 'x-team': 'a' }, { 'x-team': 'b' }, '', true],
    ['something else', { 'x-team': 'a', accept: 'x' }, { 'x-team': 'b', accept: 'x' }, 'Accept', true],
    ['what it varies on', { accept: 'x' }, { accept: 'y' }, 'X-Team, Accept', false],
    ['what only one has', { accept: 'x' }, {}, 'accept', false],
    ['what only the other has', {}, { accept: 'x' }, 'accept', false],
    ['one of several lines', { accept: ['x', 'y'] }, { accept: ['x', 'z'] }, 'accept', false],
  ])('looks, where the answer can be kept, at what it varies on: %s', (_what, one, other, vary, expected) => {
    expect(judge(one, other, vary)).toBe(expected);
  });

  it.each<[string, HeaderMap, HeaderMap, boolean]>([
    ['the same', { accept: 'x', 'x-team': ['a', 'b'] }, { 'x-team': ['a', 'b'], accept: 'x' }, true],
    ['none', {}, {}, true],
    ['one that is undefined', { accept: undefined }, {}, true],
    ['another value', { authorization: 'Bearer a' }, { authorization: 'Bearer b' }, false],
    ['one more', {}, { cookie: 'a' }, false],
    ['one less', { cookie: 'a' }, {}, false],
  ])('looks, where it cannot, at all headers: %s', (_what, one, other, expected) => {
    expect(judge(one, other)).toBe(expected);
  });

  it('does not take a header that is not there for one that says "undefined"', () => {
    expect(judge({}, { authorization: 'undefined' })).toBe(false);
  });
});
