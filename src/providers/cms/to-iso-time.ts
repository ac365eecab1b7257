import { isDay } from '../../platform/is-day.ts';

/** A date, and perhaps a time and its zone, as ISO 8601 and databases write them. */
const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** In UTC; a time without a zone is taken as UTC. Null for what is no time. */
export const toIsoTime = (value: unknown): string | null => {
  const [, date, time = '00:00', zone = 'Z'] = typeof value === 'string' ? (TIME.exec(value) ?? []) : [];
  if (date === undefined || !isDay(date)) return null;
  const parsed = new Date(`${date}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(parsed.getTime()) ? null : parsed.toISOString();
};
