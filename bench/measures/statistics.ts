/** @throws RangeError for an empty list */
export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('median of no values');
  return (lower + upper) / 2;
};

/** (max − min) / median */
export const spread = (values: number[]): number => (Math.max(...values) - Math.min(...values)) / median(values);

/** max / min */
export const disagreement = (values: number[]): number => Math.max(...values) / Math.min(...values);

/** Rounds that differ by more prove nothing. */
export const greatestDisagreement = 1.5;

/** The value that `share` of the others do not exceed. @throws RangeError for an empty list */
export const percentile = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new RangeError('percentile of no values');
  return value;
};
