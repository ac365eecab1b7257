const SECONDS = /^\d+$/;
/** Far enough for anybody; more would not survive arithmetic. */
const MAX_SECONDS = 2 ** 31;
/** IMF-fixdate or RFC 850, and asctime, which is UTC without saying so (RFC 9110 §5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [\d ]\d \d\d:\d\d:\d\d \d{4}$/;

/**
 * Milliseconds to wait by a `Retry-After` of seconds or an HTTP-date (RFC 9110 §10.2.3); never negative.
 * Undefined when the header is absent or unusable.
 */
export const toRetryAfterMs = (header: string | string[] | undefined, wallTime: number): number | undefined => {
  const value = (Array.isArray(header) ? header[0] : header)?.trim();
  if (value === undefined) return undefined;
  if (SECONDS.test(value)) return Math.min(Number(value), MAX_SECONDS) * 1_000;
  const date = toDate(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallTime);
};

const toDate = (value: string): number => {
  if (ASCTIME.test(value)) return Date.parse(`${value} GMT`);
  return HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
};
