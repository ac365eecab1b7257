import { parseDeltaSeconds } from '../../http/delta-seconds.ts';
import { parseHttpDate } from '../../http/http-date.ts';
import type { HeaderMap } from '../../http/header-map.ts';

/** When a response was asked for and when it came. */
export interface Arrival {
  /** How long it took, in ms. */
  readonly delayMs: number;
  /** Milliseconds since 1970. */
  readonly wallTime: number;
}

/** How old a response was when it came, in ms (RFC 9111 §4.2.3). */
export const toInitialAgeMs = (headers: HeaderMap, { delayMs, wallTime }: Arrival): number => {
  const apparentAgeMs = Math.max(0, wallTime - toDateMs(headers, wallTime));
  return Math.max(apparentAgeMs, toAgeValueMs(headers['age']) + Math.max(0, delayMs));
};

/** When it was made: its `Date`, or now if that is of no use. */
export const toDateMs = ({ date }: HeaderMap, wallTime: number): number => {
  const made = parseHttpDate(String(date));
  return Number.isNaN(made) ? wallTime : made;
};

/** Of several the first counts; what is no number is ignored (RFC 9111 §5.1). */
const toAgeValueMs = (field: string | string[] | undefined): number => {
  const first = (Array.isArray(field) ? field[0] : field)?.split(',', 1)[0]!.trim();
  return parseDeltaSeconds(first ?? '') ?? 0;
};
