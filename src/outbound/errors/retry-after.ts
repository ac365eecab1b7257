const SECONDS = /^\d{1,9}$/;
/** IMF-fixdate, RFC 850 and asctime all start with a day's name (RFC 9110 §5.6.7). */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/**
 * Milliseconds to wait by a `Retry-After` of seconds or an HTTP-date (RFC 9110 §10.2.3); never negative.
 * Undefined when the header is absent or unusable.
 */
export const toRetryAfterMs = (header: string | string[] | undefined, wallTime: number): number | undefined => {
  const value = (Array.isArray(header) ? header[0] : header)?.trim();
  if (value === undefined) return undefined;
  if (SECONDS.test(value)) return Number(value) * 1_000;
  const date = HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallTime);
};
