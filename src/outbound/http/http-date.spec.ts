import { describe, expect, it } from '@jest/globals';
import { parseHttpDate } from './http-date.ts';

const toTwoDigits = (year: number): string => String(year % 100).padStart(2, '0');
const thisYear = new Date().getUTCFullYear();

describe('parseHttpDate', () => {
  it.each([
    '',
    ' ',
    '0',
    '-1',
    'now',
    'undefined',
    '__proto__',
    '1994-11-06T08:49:37Z',
    '784111777',
    '11/06/1994',
    'Sun, 06 Nov 1994',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'Sun, 06 Nov 1994 08:49:37 GMT+01:00',
    'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 94 08:49:37 GMT',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 8:49:37 GMT',
    'Sun,  06 Nov 1994 08:49:37 GMT',
    'Sun 06 Nov 1994 08:49:37 GMT',
    '06 Nov 1994 08:49:37 GMT',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT ',
    'Sun, 06-Nov-94 08:49:37 GMT',
    'Sunday, 06-Nov-1994 08:49:37 GMT',
    ' Sunday, 06-Nov-94 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT+01:00',
    'Sun Nov 6 08:49:37 1994',
    ' Sun Nov  6 08:49:37 1994',
    'Sun Nov  6 08:49:37 1994 GMT',
    'Sun Nov  6 08:49:37 94',
  ])('makes nothing of %j, which is no HTTP-date', (text) => expect(parseHttpDate(text)).toBeNaN());

  it.each([
    ['a month', 'Sun, 06 Foo 1994 08:49:37 GMT'],
    ['a day', 'Sun, 32 Jan 1994 08:49:37 GMT'],
    ['a day', 'Sun, 00 Jan 1994 08:49:37 GMT'],
    ['an hour', 'Sun, 06 Nov 1994 25:49:37 GMT'],
    ['a minute', 'Sun, 06 Nov 1994 08:60:37 GMT'],
    ['a month', 'Sun Foo  6 08:49:37 1994'],
    ['a day', 'Sunday, 32-Jan-94 08:49:37 GMT'],
  ])('makes nothing of a date with %s that does not exist', (_part, text) => expect(parseHttpDate(text)).toBeNaN());

  // The engine's own reading is generous: it goes on into March, and takes such seconds for none.
  it.each([
    'Sat, 31 Feb 2026 00:00:00 GMT',
    'Monday, 31-Feb-26 00:00:00 GMT',
    'Mon Feb 30 00:00:00 2026',
    'Thu, 01 Jan 2026 24:00:00 GMT',
    'Thu, 01 Jan 2026 00:00:61 GMT',
  ])('makes nothing of %j, which no calendar has', (text) => expect(parseHttpDate(text)).toBeNaN());

  it.each([
    ['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT'],
    ['asctime', 'Sun Nov  6 08:49:37 1994'],
    ['asctime with a zero', 'Sun Nov 06 08:49:37 1994'],
    ['lower case', 'sun, 06 nov 1994 08:49:37 gmt'],
    ['upper case', 'SUNDAY, 06-NOV-94 08:49:37 GMT'],
    ['a weekday that is wrong', 'Mon, 06 Nov 1994 08:49:37 GMT'],
  ])('reads %s', (_form, text) => expect(parseHttpDate(text)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37)));

  it.each([
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Wed, 31 Dec 1969 23:59:59 GMT', -1_000],
    ['Thu, 29 Feb 2024 00:00:00 GMT', Date.UTC(2024, 1, 29)],
    ['Tue, 19 Jan 2038 03:14:08 GMT', 2 ** 31 * 1_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', Date.UTC(9999, 11, 31, 23, 59, 59)],
  ])('reads %s', (text, expected) => expect(parseHttpDate(text)).toBe(expected));

  it('reads a leap second, which the grammar has (RFC 9110 §5.6.7)', () => {
    expect(parseHttpDate('Sat, 31 Dec 2016 23:59:60 GMT')).toBe(Date.UTC(2017, 0, 1));
  });

  it('takes four digits of a year as they are', () => {
    expect(new Date(parseHttpDate('Fri, 01 Jan 0049 00:00:00 GMT')).getUTCFullYear()).toBe(49);
  });

  it.each([
    ['this year', 0, 0],
    ['50 years ahead', 50, 0],
    ['51 years ahead as one of the past', 51, 100],
    ['99 years ahead as the last one', 99, 100],
  ])('reads two digits of a year that is %s (RFC 9110 §5.6.7)', (_when, ahead, back) => {
    const text = `Sunday, 01-Jan-${toTwoDigits(thisYear + ahead)} 00:00:00 GMT`;
    expect(new Date(parseHttpDate(text)).getUTCFullYear()).toBe(thisYear + ahead - back);
  });
});
