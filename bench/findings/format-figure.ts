const wholeNumber = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

const countDecimals = (size: number): number => {
  if (size >= 100) return 0;
  return size >= 10 ? 1 : 2;
};

/** With as many digits as can be told apart; '–' for what is no number. */
export const formatNumber = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return size >= 1_000 ? wholeNumber.format(value) : String(Number(value.toFixed(countDecimals(size))));
};

/** Ratios have their sign before the figure, all else its unit behind it. */
export const formatFigure = (value: number, unit: string): string => {
  if (!Number.isFinite(value)) return '–';
  return unit === '×' ? `× ${value.toFixed(2)}` : `${formatNumber(value)} ${unit}`;
};
