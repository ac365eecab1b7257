import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { toRetryAfterMs } from './retry-after.ts';

const NOW = Date.UTC(1994, 10, 6, 8, 49, 30);

/** RFC 9110 §5.6.7: the one that is sent today, and the two obsolete ones that must be read. */
const SEVEN_SECONDS_AHEAD = [
  ['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT'],
  ['RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT'],
  ['asctime', 'Sun Nov  6 08:49:37 1994'],
] as const;

describe('toRetryAfterMs', () => {
  it.each([
    '',
    ' ',
    'soon',
    '-5',
    '+5',
    '1.5',
    '1e3',
    '0x10',
    '5s',
    '5, 10',
    'NaN',
    'Infinity',
    'Sunday',
    'Sun, 32 Foo 1994 08:49:37 GMT',
  ])('makes nothing of %j', (header) => expect(toRetryAfterMs(header, NOW)).toBeUndefined());

  it.each(['1994-11-06T08:49:37Z', '11/06/1994', 'Monkey 5', 'Sunday 6'])(
    'makes nothing of %j, which is no HTTP-date',
    (header) => expect(toRetryAfterMs(header, NOW)).toBeUndefined(),
  );

  it('makes nothing of an absent header', () => {
    expect(toRetryAfterMs(undefined, NOW)).toBeUndefined();
    expect(toRetryAfterMs([], NOW)).toBeUndefined();
  });

  it.each([
    ['0', 0],
    ['2', 2_000],
    [' 120 ', 120_000],
    ['007', 7_000],
    ['999999999', 999_999_999_000],
  ])('reads %j as seconds', (header, expectedMs) => expect(toRetryAfterMs(header, NOW)).toBe(expectedMs));

  it.each(SEVEN_SECONDS_AHEAD)('reads a date in the form of %s', (_form, header) => {
    expect(toRetryAfterMs(header, NOW)).toBe(7_000);
  });

  it.each(SEVEN_SECONDS_AHEAD)('reads a date of the past in the form of %s as now', (_form, header) => {
    expect(toRetryAfterMs(header, NOW + 3_600_000 * 24)).toBe(0);
  });

  it('reads the first of several', () => expect(toRetryAfterMs(['3', '9'], NOW)).toBe(3_000));

  it('reads all three forms as UTC, wherever the process runs', async () => {
    const headers = JSON.stringify(SEVEN_SECONDS_AHEAD.map(([, header]) => header));
    const script = `
      const { toRetryAfterMs } = await import('./retry-after.ts');
      console.log(JSON.stringify(${headers}.map((header) => toRetryAfterMs(header, ${NOW}))));`;
    const options = { cwd: new URL('.', import.meta.url), env: { TZ: 'America/New_York' } };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
    expect(JSON.parse(stdout)).toEqual([7_000, 7_000, 7_000]);
  });
});
