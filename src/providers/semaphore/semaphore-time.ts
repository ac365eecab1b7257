import { isDay } from '../../platform/is-day.ts';

/** `2019-10-14 19:56:43.123456Z`; also with a `T`, without a fraction, `UTC` or an offset instead of `Z`; without a zone it is UTC. */
const WRITTEN = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,9})?(?: ?(?:Z|UTC)|([+-]\d\d:\d\d))?$/;

const SECONDS = /^\d{1,15}$/;

/** The last moment that ISO 8601 writes with four digits of the year. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Any of the ways Semaphore writes a time, as ISO 8601; null for what is unset, or no time at all. Never throws. */
export const toTime = (value: unknown): string | null => {
  const ms = toMs(value);
  // Semaphore's unset times are the beginning of Unix time, `0` or nothing; nothing was built before 1970.
  return ms >= 1_000 && ms <= LAST_MS ? new Date(ms).toISOString() : null;
};

const toMs = (value: unknown): number => {
  if (typeof value === 'number') return value * 1_000;
  if (typeof value === 'string') return SECONDS.test(value) ? Number(value) * 1_000 : readWritten(value);
  if (typeof value === 'object' && value !== null && 'seconds' in value) return readTimestamp(value);
  return NaN;
};

/** A protobuf timestamp; an int64 comes as a number or as text. */
const readTimestamp = ({ seconds, nanos }: { readonly seconds: unknown; readonly nanos?: unknown }): number => {
  const isCount = typeof seconds === 'number' || (typeof seconds === 'string' && SECONDS.test(seconds));
  const fraction = typeof nanos === 'number' && nanos >= 0 && nanos < 1e9 ? Math.floor(nanos / 1e6) : 0;
  return isCount ? Number(seconds) * 1_000 + fraction : NaN;
};

const readWritten = (text: string): number => {
  const [, day, time, fraction = '', offset = 'Z'] = WRITTEN.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return NaN;
  return Date.parse(`${day}T${time}${fraction.slice(0, 4)}${offset}`);
};
