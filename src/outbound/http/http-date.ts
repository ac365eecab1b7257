/** IMF-fixdate, RFC 850, and asctime, which is UTC without saying so (RFC 9110 §5.6.7); in any case. */
const IMF_FIXDATE = /^[a-z]{3}, \d\d [a-z]{3} \d{4} \d\d:\d\d:\d\d GMT$/i;
const RFC_850 = /^[a-z]{6,9}, \d\d-[a-z]{3}-\d\d \d\d:\d\d:\d\d GMT$/i;
const ASCTIME = /^[a-z]{3} [a-z]{3} [\d ]\d \d\d:\d\d:\d\d \d{4}$/i;

/** Milliseconds since 1970 of an HTTP-date; NaN for anything else, other kinds of date included. */
export const parseHttpDate = (text: string): number => {
  if (ASCTIME.test(text)) return Date.parse(`${text} GMT`);
  if (RFC_850.test(text)) return Date.parse(withCentury(text));
  return IMF_FIXDATE.test(text) ? Date.parse(text) : Number.NaN;
};

/** A year that would be more than 50 years ahead is one of the last century (RFC 9110 §5.6.7). */
const withCentury = (text: string): string => {
  const horizon = new Date().getUTCFullYear() + 50;
  return text.replace(
    /-(\d\d) /,
    (_year, digits: string) => `-${2_000 + Number(digits) > horizon ? 19 : 20}${digits} `,
  );
};
