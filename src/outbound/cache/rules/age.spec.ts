import { describe, expect, it } from '@jest/globals';
import type { HeaderMap } from '../../http/header-map.ts';
import { toDateMs, toInitialAgeMs } from './age.ts';

const NOW = Date.UTC(2026, 0, 1);
const MAX_MS = 2 ** 31 * 1_000;

const ageOf = (headers: HeaderMap, delayMs = 0): number => toInitialAgeMs(headers, { delayMs, wallTime: NOW });
const datedAgo = (seconds: number): string => new Date(NOW - seconds * 1_000).toUTCString();

describe('the age of a response that has just come (RFC 9111 §4.2.3)', () => {
  it.each<[string, HeaderMap, number]>([
    ['nothing is said', {}, 0],
    ['it is 10 s old by its Age', { age: '10' }, 10_000],
    ['it is 10 s old by its Date', { date: datedAgo(10) }, 10_000],
    ['Age is the higher', { age: '20', date: datedAgo(10) }, 20_000],
    ['Date is the earlier', { age: '10', date: datedAgo(20) }, 20_000],
    ['Date is of the future', { date: datedAgo(-100) }, 0],
    ['Date is of the future, and Age above 0', { age: '10', date: datedAgo(-100) }, 10_000],
  ])('is as expected when %s', (_what, headers, expected) => expect(ageOf(headers)).toBe(expected));

  it.each<[string | string[], number]>([
    ['0', 0],
    ['010', 10_000],
    [' 10 ', 10_000],
    ['10, 20', 10_000],
    ['20, 10', 20_000],
    ['10,', 10_000],
    ['10, x', 10_000],
    [['10', '20'], 10_000],
    [['10, 30', '20'], 10_000],
    ['2147483648', MAX_MS],
    ['99999999999999999999', MAX_MS],
    ['9'.repeat(400), MAX_MS],
  ])('is read from Age: %j', (age, expected) => expect(ageOf({ age })).toBe(expected));

  it.each<[string | string[]]>([
    [''],
    ['-10'],
    ['+10'],
    ['1.5'],
    ['10s'],
    ['1e3'],
    ['0x10'],
    ['"10"'],
    ['10;20'],
    ['10 20'],
    ['abc'],
    ['abc, 10'],
    [', 10'],
    ['١٠'],
    ['Infinity'],
    [[]],
    [['', '10']],
    [['x', '10']],
  ])('is not told by Age: %j (RFC 9111 §5.1)', (age) => {
    expect(ageOf({ age })).toBe(0);
    expect(ageOf({ age, date: datedAgo(7) })).toBe(7_000);
  });

  it('counts the time it took on top of Age, not of Date', () => {
    expect(ageOf({ age: '10' }, 2_500)).toBe(12_500);
    expect(ageOf({ age: 'x' }, 2_500)).toBe(2_500);
    expect(ageOf({}, 2_500)).toBe(2_500);
    expect(ageOf({ date: datedAgo(10) }, 2_500)).toBe(10_000);
  });

  it('is not made less by a clock that went back', () => {
    expect(ageOf({ age: '10' }, -60_000)).toBe(10_000);
    expect(ageOf({}, -60_000)).toBe(0);
  });
});

describe('when a response was made', () => {
  it('is its Date', () => expect(toDateMs({ date: datedAgo(10) }, NOW)).toBe(NOW - 10_000));

  it.each<[HeaderMap['date']]>([
    [undefined],
    [''],
    ['0'],
    ['yesterday'],
    ['2020-01-01T00:00:00Z'],
    [[datedAgo(10), datedAgo(20)]],
    [[]],
  ])('is now, when its Date is %j', (date) => expect(toDateMs({ date }, NOW)).toBe(NOW));
});
