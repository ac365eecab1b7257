/** IMF-fixdate, RFC 850, and asctime, which is UTC without saying so (RFC 9110 §5.6.7); in any case. */
const FORMS = [
  /^[a-z]{3}, (?<day>\d\d) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/i,
  /^[a-z]{6,9}, (?<day>\d\d)-(?<month>[a-z]{3})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/i,
  /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[\d ]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/i,
];

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Milliseconds since 1970 of an HTTP-date; NaN for anything else, other kinds of date and impossible ones included. */
export const parseHttpDate = (text: string): number => {
  for (const form of FORMS) {
    const { day = '', month = '', year = '', time = '' } = form.exec(text)?.groups ?? {};
    if (time !== '') return toDayMs(toYear(year), MONTHS.indexOf(month.toLowerCase()), Number(day)) + toTimeMs(time);
  }
  return Number.NaN;
};

/** `Date` goes on into the next month instead of refusing, and takes years below 100 for others. */
const toDayMs = (year: number, month: number, day: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getUTCMonth() === month && date.getUTCDate() === day ? date.getTime() : Number.NaN;
};

/** A second of 60 is a leap second. */
const toTimeMs = (time: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  const isTime = hours < 24 && minutes < 60 && seconds <= 60;
  return isTime ? ((hours * 60 + minutes) * 60 + seconds) * 1_000 : Number.NaN;
};

/** A year of two digits that would be more than 50 years ahead is one of the last century (RFC 9110 §5.6.7). */
const toYear = (digits: string): number => {
  if (digits.length > 2) return Number(digits);
  const horizon = new Date().getUTCFullYear() + 50;
  return 2_000 + Number(digits) > horizon ? 1_900 + Number(digits) : 2_000 + Number(digits);
};
