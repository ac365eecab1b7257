export type Verdict = 'reached' | 'missed' | 'refused';

export interface Bar {
  name: string;
  /** Mostly the median of the rounds. */
  value: number;
  /** Least and greatest of the rounds, drawn as a whisker. */
  low?: number | undefined;
  high?: number | undefined;
  /** Stands behind the bar, e.g. a ratio and what was wanted. */
  note?: string | undefined;
  verdict?: Verdict | undefined;
}

/** Bars on one scale that begins at zero. */
export interface Chart {
  title: string;
  /** E.g. 'req/s', 'ms', 'KB'. */
  unit: string;
  better: 'more' | 'less';
  bars: readonly Bar[];
}

/** A figure the project wants something of. */
export interface Target {
  /** Reads behind the name of the workload, e.g. 'against stock-nest'. */
  what: string;
  value: number;
  /** '×' stands before the figure, all others behind it. */
  unit: string;
  bound: 'at least' | 'at most';
  wanted: number;
  /** Why the figure proves nothing: it is refused then. Empty when it does. */
  doubts: readonly string[];
}

export const toVerdict = ({ value, bound, wanted, doubts }: Target): Verdict => {
  if (doubts.length > 0 || !Number.isFinite(value)) return 'refused';
  return (bound === 'at least' ? value >= wanted : value <= wanted) ? 'reached' : 'missed';
};
