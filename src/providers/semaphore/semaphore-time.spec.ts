import { describe, expect, it } from '@jest/globals';
import { toTime } from './semaphore-time.ts';

describe('a time of Semaphore', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['zero', 0],
    ['zero as text', '0'],
    ['the beginning of Unix time', '1970-01-01 00:00:00.000000Z'],
    ['the beginning, without a fraction', '1970-01-01 00:00:00Z'],
    ['a timestamp of nothing', { seconds: 0, nanos: 0 }],
    ['a timestamp of nothing, as text', { seconds: '0', nanos: 0 }],
  ])('that is unset is null: %s', (_what, value) => expect(toTime(value)).toBeNull());

  it.each([
    ['words', 'yesterday'],
    ['a date that there is not', '2026-02-30 10:00:00Z'],
    ['a month that there is not', '2026-13-01 10:00:00Z'],
    ['an hour that there is not', '2026-01-01 25:00:00Z'],
    ['a day alone', '2026-01-01'],
    ['something after it', '2026-01-01 10:00:00Z; drop table'],
    ['a line break after it', '2026-01-01 10:00:00Z\n'],
    ['a wild offset', '2026-01-01 10:00:00+99:99'],
    ['before Unix time', '1969-12-31 23:59:59Z'],
    ['a negative number', -5],
    ['a negative timestamp', { seconds: -5, nanos: 0 }],
    ['no number', NaN],
    ['an endless number', Infinity],
    ['after the year 9999', 253_402_300_800],
    ['digits without end', '9'.repeat(400)],
    ['an exponent', '1e9'],
    ['a hexadecimal', '0x10'],
    ['true', true],
    ['a list', [1_571_083_003]],
    ['an empty object', {}],
    ['a timestamp of words', { seconds: 'many', nanos: 0 }],
    ['a timestamp of timestamps', { seconds: { seconds: 5 } }],
  ])('that is none is null, too: %s', (_what, value) => expect(toTime(value)).toBeNull());

  it.each([
    ['text of micros', '2026-03-04 05:06:07.123456Z', '2026-03-04T05:06:07.123Z'],
    ['text of nanos', '2026-03-04 05:06:07.123456789Z', '2026-03-04T05:06:07.123Z'],
    ['text of tenths', '2026-03-04 05:06:07.5Z', '2026-03-04T05:06:07.500Z'],
    ['text without a fraction', '2026-03-04 05:06:07Z', '2026-03-04T05:06:07.000Z'],
    ['text without a zone', '2026-03-04 05:06:07', '2026-03-04T05:06:07.000Z'],
    ['text that says UTC', '2026-03-04 05:06:07 UTC', '2026-03-04T05:06:07.000Z'],
    ['ISO 8601', '2026-03-04T05:06:07.123Z', '2026-03-04T05:06:07.123Z'],
    ['an offset', '2026-03-04T05:06:07+02:00', '2026-03-04T03:06:07.000Z'],
    ['a leap day', '2024-02-29 00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['seconds', 1_571_083_003, '2019-10-14T19:56:43.000Z'],
    ['seconds with a fraction', 1_571_083_003.25, '2019-10-14T19:56:43.250Z'],
    ['seconds as text', '1571083003', '2019-10-14T19:56:43.000Z'],
    ['a timestamp', { seconds: 1_571_083_003, nanos: 131_742_000 }, '2019-10-14T19:56:43.131Z'],
    ['a timestamp of text', { seconds: '1571083003', nanos: 0 }, '2019-10-14T19:56:43.000Z'],
    ['a timestamp without nanos', { seconds: '1571083003' }, '2019-10-14T19:56:43.000Z'],
    ['a timestamp of too many nanos', { seconds: 1_571_083_003, nanos: 5e9 }, '2019-10-14T19:56:43.000Z'],
  ])('is read from %s', (_what, value, expected) => expect(toTime(value)).toBe(expected));
});
