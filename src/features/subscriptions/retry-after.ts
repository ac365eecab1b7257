/** IMF-fixdate, the only form that is sent today (RFC 9110 §5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** How long a Retry-After (RFC 9110 §10.2.3) asks to wait, in ms; undefined when it asks for nothing that can be understood. */
export const readRetryAfter = (
  header: string | readonly string[] | undefined,
  wallTime: number,
): number | undefined => {
  const value = String(header ?? '').trim();
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const date = HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallTime);
};
