import { parseDeltaSeconds } from '../http/delta-seconds.ts';
import { parseHttpDate } from '../http/http-date.ts';

/**
 * Milliseconds to wait by a `Retry-After` of seconds or an HTTP-date (RFC 9110 §10.2.3); never negative.
 * Undefined when the header is absent or unusable.
 */
export const toRetryAfterMs = (header: string | string[] | undefined, wallTime: number): number | undefined => {
  const value = (Array.isArray(header) ? header[0] : header)?.trim();
  if (value === undefined) return undefined;
  const delayMs = parseDeltaSeconds(value);
  if (delayMs !== undefined) return delayMs;
  const date = parseHttpDate(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallTime);
};
