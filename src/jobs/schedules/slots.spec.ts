import { describe, expect, it } from '@jest/globals';
import { toSlots } from './slots.ts';

type When = { everyMs: number } | { cron: string; timeZone?: string };

const at = (text: string): number => Date.parse(text);
const nextOf = async (options: When, from: string, count = 1): Promise<string[]> => {
  const slots = await toSlots({ name: 'report', ...options });
  const found: number[] = [];
  for (let next = at(from); found.length < count;) found.push((next = slots.nextAfter(next)));
  return found.map((time) => new Date(time).toISOString());
};

describe('the moments of a schedule', () => {
  it.each<[When, string, string]>([
    [{ everyMs: 60_000 }, '2026-01-01T00:00:30.123Z', '2026-01-01T00:01:00.000Z'],
    [{ everyMs: 60_000 }, '2026-01-01T00:01:00.000Z', '2026-01-01T00:02:00.000Z'],
    [{ everyMs: 7_000 }, '1970-01-01T00:00:13.999Z', '1970-01-01T00:00:14.000Z'],
    [{ cron: '0 3 * * *' }, '2026-01-01T02:59:59.999Z', '2026-01-01T03:00:00.000Z'],
    [{ cron: '0 3 * * *' }, '2026-01-01T03:00:00.000Z', '2026-01-02T03:00:00.000Z'],
    [{ cron: '*/15 * * * * *' }, '2026-01-01T00:00:15.500Z', '2026-01-01T00:00:30.000Z'],
    [{ cron: '0 3 * * *', timeZone: 'Europe/Berlin' }, '2026-07-01T00:00:00.000Z', '2026-07-01T01:00:00.000Z'],
    [{ cron: '@daily' }, '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
    [{ cron: '0 0 29 2 *' }, '2026-03-01T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
  ])('%j: after %s comes %s', async (options, from, next) => {
    expect(await nextOf(options, from)).toEqual([next]);
  });

  it('come once each when clocks go back, and are not left out when they go forward', async () => {
    const berlin = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };
    expect(await nextOf(berlin, '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
    expect(await nextOf(berlin, '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it.each([
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T20:00:00Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T20:00:00Z'],
    ['*/20 * * * *', 'Europe/Berlin', '2026-10-24T20:00:00Z'],
    ['15 1,2,3 * * *', 'America/New_York', '2026-11-01T00:00:00Z'],
    ['15 1,2,3 * * *', 'America/New_York', '2026-03-08T00:00:00Z'],
    ['30 1 * * *', 'Antarctica/Troll', '2026-10-24T20:00:00Z'],
  ])('are the same for a process that starts in between: %s in %s', async (cron, timeZone, from) => {
    const options = { name: 'report', cron, timeZone };
    const old = await toSlots(options);
    for (let time = at(from); time < at(from) + 12 * 3_600_000; time += 17 * 60_000 + 331) {
      const young = await toSlots(options);
      expect(new Date(young.nextAfter(time)).toISOString()).toBe(new Date(old.nextAfter(time)).toISOString());
    }
  });

  it('go on where clocks change by half an hour', async () => {
    const lordHowe = { cron: '10 * * * *', timeZone: 'Australia/Lord_Howe' };
    const found = await nextOf(lordHowe, '2026-04-04T06:00:00Z', 24);
    expect(Date.parse(found.at(-1)!) - at('2026-04-04T06:00:00Z')).toBeLessThanOrEqual(27 * 3_600_000);
    expect([...found].sort()).toEqual(found);
  });

  it('are found again when the clock is set back', async () => {
    const slots = await toSlots({ name: 'report', cron: '0 3 * * *' });
    expect(slots.nextAfter(at('2026-05-01T00:00:00Z'))).toBe(at('2026-05-01T03:00:00Z'));
    expect(slots.nextAfter(at('2026-04-01T00:00:00Z'))).toBe(at('2026-04-01T03:00:00Z'));
    expect(slots.nextAfter(at('2026-09-01T00:00:00Z'))).toBe(at('2026-09-01T03:00:00Z'));
  });
});

describe('what is no schedule', () => {
  it.each<[When, string]>([
    [{ everyMs: 999 }, 'everyMs is 999: give whole milliseconds, 1000 at least'],
    [{ everyMs: 1_000.5 }, 'everyMs is 1000.5'],
    [{ everyMs: Number.NaN }, 'everyMs is NaN'],
    [{ everyMs: Infinity }, 'everyMs is Infinity'],
    [{ cron: '' }, 'cron is "": give five fields'],
    [{ cron: '* * *' }, 'cron is "* * *": give five fields'],
    [{ cron: '61 * * * *' }, 'cron is "61 * * * *": '],
    [{ cron: '0 0 31 2 *' }, 'cron is "0 0 31 2 *": '],
    [{ cron: '@sometimes' }, 'cron is "@sometimes"'],
    [
      { cron: '* * * * *', timeZone: 'Europe/Berlim' },
      'timeZone is "Europe/Berlim": give a name such as Europe/Berlin',
    ],
  ])('is %j', async (options, message) => {
    await expect((async () => toSlots({ name: 'report', ...options }))()).rejects.toThrow(message);
  });
});
