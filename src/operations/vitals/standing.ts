import type { ProviderStatus } from '../../outbound/index.ts';
import { HOUR_MS, MINUTE_MS } from '../../platform/durations.ts';
import { findFailing } from './failing.ts';
import { findSlow, type Patience } from './slowness.ts';
import { findStalled, type UnderWay } from './stalled.ts';
import { Tally } from './tally.ts';
import { tellFailures } from './tell-failures.ts';
import type { Verdict } from './vitals.ts';

/** How a service does, and since when, on the clock's monotonic scale. */
export interface Standing {
  readonly verdict: Verdict;
  readonly since: number;
  readonly why: string;
  /** While it is in trouble: what its attempts took before, in ms. */
  readonly usualMs?: number | undefined;
}

export interface Course extends Omit<UnderWay, 'patience'> {
  /** Since when there are calls again and again; undefined: there were none. */
  readonly busySince: number | undefined;
  readonly lastCallAt: number;
  /** Since when calls met a circuit that was not closed; undefined: the last one did not. */
  readonly circuitSince: number | undefined;
  readonly status: Pick<ProviderStatus, 'isConfigured' | 'circuit'> & { readonly isIsolated?: boolean };
  readonly patience: Omit<Patience, 'usualMs'>;
}

/** What has been slow for so long is how it is. */
const USUAL_AFTER_MS = HOUR_MS;

/** How it stands now, knowing how it stood before: `since` is when that began, however long ago. */
export const toStanding = (course: Course, before: Standing): Standing => {
  const found = findStanding(course, before);
  const isTroubled = found.verdict === 'failing' || found.verdict === 'slow';
  const usualMs = isTroubled ? (found.usualMs ?? before.usualMs) : undefined;
  const since = found.verdict === before.verdict ? before.since : Math.max(found.since, before.since);
  return { ...found, usualMs, since };
};

const findStanding = (course: Course, before: Standing): Standing => {
  const { ring, now, busySince, lastCallAt, status, patience } = course;
  if (!status.isConfigured) return { verdict: 'off', since: 0, why: 'it is not configured' };
  if (status.isIsolated) return { verdict: 'isolated', since: now, why: 'an operator keeps calls from it' };
  const failing = findFailure(course);
  if (failing) return failing;
  const isOfOld = before.verdict === 'slow' && now - before.since > USUAL_AFTER_MS;
  const usualMs = isOfOld ? undefined : before.usualMs;
  const known = { ...patience, usualMs };
  const slow = findSlow(ring, ring.numberAt(now), known) ?? findStalled({ ...course, patience: known });
  if (slow) return { verdict: 'slow', ...slow };
  if (busySince === undefined) return { verdict: 'idle', since: 0, why: 'nobody has called it yet' };
  const isIdle = now - lastCallAt >= MINUTE_MS;
  if (isIdle) return { verdict: 'idle', since: lastCallAt, why: 'nobody has called it in the last 60 s' };
  return { verdict: 'healthy', since: Math.max(busySince, toEndOfTrouble(course, before)), why: tellHealth(course) };
};

/** By its circuit, which does not forget, or by its calls. */
const findFailure = ({ ring, now, status, circuitSince, lastCallAt }: Course): Standing | undefined => {
  const failing = findFailing(ring, ring.numberAt(now));
  if (status.circuit === 'closed') return failing && { verdict: 'failing', ...failing };
  const what = status.circuit === 'open' ? 'its circuit is open' : 'its circuit is half open: it is being tried';
  return {
    verdict: 'failing',
    since: failing?.since ?? circuitSince ?? lastCallAt,
    why: failing ? `${what}; ${failing.why}` : what,
  };
};

/** When the last call of a trouble that is over had ended. */
const toEndOfTrouble = ({ ring, now }: Course, { verdict }: Standing): number => {
  if (verdict === 'isolated') return now;
  if (verdict !== 'failing' && verdict !== 'slow') return 0;
  const kind = verdict === 'failing' ? 'inVain' : 'slow';
  const troubled = ring.until(ring.numberAt(now), 60).find((tally) => tally[kind] !== undefined);
  return troubled?.[kind]?.to ?? now;
};

const tellHealth = ({ ring, now }: Course): string => {
  const slots = MINUTE_MS / ring.slotMs;
  const sum = ring.until(ring.numberAt(now), slots).reduce((all, tally) => all.add(tally), new Tally());
  const { askedInVain, wellCalls, failedCalls } = sum.counts;
  if (askedInVain > 0) return tellFailures(sum, MINUTE_MS);
  return `${wellCalls} of ${wellCalls + failedCalls} calls went well in the last 60 s`;
};
