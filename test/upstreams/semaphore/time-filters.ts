import type { Micros } from './time-forms.ts';
import type { Params } from './request-params.ts';

/**
 * Whether a time is inside of `<name>_after` and `<name>_before`, seconds since 1970 of which neither is inside; a time
 * that is unset is outside of both.
 * @throws Error for what does not begin with a number: the real one breaks on it, too
 */
export const createTimeFilter = (params: Params, name: 'created' | 'done'): ((time: Micros) => boolean) => {
  const after = readSeconds(params[`${name}_after`]);
  const before = readSeconds(params[`${name}_before`]);
  if (after === undefined && before === undefined) return () => true;
  return (time) => time !== 0 && time > (after ?? -Infinity) && time < (before ?? Infinity);
};

const readSeconds = (value: unknown): Micros | undefined => {
  if (value === undefined) return undefined;
  const seconds = Number.parseInt(String(value), 10);
  if (Number.isNaN(seconds)) throw new Error(`Not a time: ${String(value)}`);
  return seconds * 1_000_000;
};
