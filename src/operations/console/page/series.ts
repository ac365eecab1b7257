import type { HistoryPoint } from './snapshot.ts';

/** What a small chart shows: a number for each point in time, null where there is none. */
export interface Series {
  /** Seconds since 1970, the oldest first. */
  readonly atS: number[];
  readonly values: (number | null)[];
}

/** What a point stands for when there is but one. */
const USUAL_EVERY_MS = 5_000;

/** Between two points, ms. */
const everyMs = (history: readonly HistoryPoint[]): number => {
  const [first, second] = history;
  return first && second ? Math.max(1, second.at - first.at) : USUAL_EVERY_MS;
};

const toSeries = (history: readonly HistoryPoint[], toValue: (point: HistoryPoint) => number | null): Series => ({
  atS: history.map(({ at }) => at / 1000),
  values: history.map(toValue),
});

export const callsPerSecond = (history: readonly HistoryPoint[]): Series => {
  const seconds = everyMs(history) / 1000;
  return toSeries(history, ({ calls }) => calls / seconds);
};

export const errorRatios = (history: readonly HistoryPoint[]): Series =>
  toSeries(history, ({ calls, failedCalls }) => (calls === 0 ? null : Math.min(1, failedCalls / calls)));

export const latencies = (history: readonly HistoryPoint[]): Series => toSeries(history, ({ p95Ms }) => p95Ms);

/** Points without neighbours, which no line passes through. */
export const lonePoints = (values: readonly (number | null | undefined)[]): number[] => {
  const has = (index: number): boolean => typeof values[index] === 'number';
  return [...values.keys()].filter((index) => has(index) && !has(index - 1) && !has(index + 1));
};

/** In words, for who does not see the chart. */
export const describe = ({ values }: Series, format: (value: number) => string): string => {
  const known = values.filter((value) => value !== null);
  const now = values.at(-1) ?? null;
  if (known.length === 0) return 'nothing in the last 5 minutes';
  const range = `between ${format(Math.min(...known))} and ${format(Math.max(...known))} in the last 5 minutes`;
  return `${range}, ${now === null ? 'nothing' : format(now)} now`;
};
