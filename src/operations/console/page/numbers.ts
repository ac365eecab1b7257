/** What is not known, or of nothing. */
export const NONE = '–';

/** A name of the program as one reads it: `half_open`, `half open`. */
export const toWords = (name: string): string => name.replaceAll('_', ' ');

const NO_BREAK = '\u202f';

const format = (digits: number): Intl.NumberFormat => new Intl.NumberFormat('en-GB', { maximumFractionDigits: digits });
const WHOLE = format(0);
const ONE_DIGIT = format(1);
const TWO_DIGITS = format(2);

const withUnit = (text: string, unit: string): string => `${text}${NO_BREAK}${unit}`;

/** Three digits that count: `0.25`, `3.2`, `48`, `1,250`. */
const short = (value: number): string => {
  if (value >= 99.5) return WHOLE.format(value);
  return (value >= 9.95 ? ONE_DIGIT : TWO_DIGITS).format(value);
};

export const toCount = (value: number): string => WHOLE.format(value);

export const toShort = (value: number): string => short(value);

export const toRate = (perSecond: number): string => `${short(perSecond)}/s`;

export const toPercent = (ratio: number | null): string => {
  if (ratio === null) return NONE;
  const percent = ratio * 100;
  // Nearly all is not all, and hardly any is not none.
  if (percent > 0 && percent < 0.1) return withUnit('<0.1', '%');
  if (percent > 99.9 && percent < 100) return withUnit('>99.9', '%');
  return withUnit(ONE_DIGIT.format(percent), '%');
};

export const toMs = (ms: number | null): string => {
  if (ms === null) return NONE;
  if (ms < 9.95) return withUnit(ONE_DIGIT.format(ms), 'ms');
  if (ms < 999.5) return withUnit(WHOLE.format(ms), 'ms');
  return ms < 59_995 ? withUnit((ms / 1000).toFixed(2), 's') : toDuration(ms / 1000);
};

/** Millions of bytes, or thousands of those. */
export const toBytes = (bytes: number): string =>
  bytes < 999.5e6 ? withUnit(WHOLE.format(bytes / 1e6), 'MB') : withUnit(TWO_DIGITS.format(bytes / 1e9), 'GB');

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];

/** In its two largest units: `3 d 4 h`, `12 min 5 s`, `8 s`. */
export const toDuration = (seconds: number): string => {
  const left = Math.max(0, Math.floor(seconds));
  const first = Math.max(
    0,
    UNITS.findIndex(([, size]) => left >= size),
  );
  const [unit, size] = left === 0 ? ['s', 1] : UNITS[first]!;
  const [smaller, smallerSize] = UNITS[first + 1] ?? ['', Infinity];
  const rest = Math.floor((left % size) / smallerSize);
  const whole = withUnit(toCount(Math.floor(left / size)), unit);
  return left === 0 || rest === 0 ? whole : `${whole} ${withUnit(String(rest), smaller)}`;
};
