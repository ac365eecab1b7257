import type { Clock } from '../../platform/clock.ts';
import type { SourceFreshness } from '../../platform/context/answer-freshness.ts';
import { currentContext } from '../../platform/context/request-context.ts';
import type { Call, Send, Stage } from '../http/call.ts';
import type { CacheEntry } from './cache-entry.ts';
import { toCacheStatus, type CacheOutcome } from './cache-outcome.ts';

/** Tells the request that a call was made for how long its answer may be kept; a failed one is not to be kept at all. */
export const reportFreshness =
  (clock: Clock): Stage =>
  (next) => {
    const report: Send = async (call) => {
      try {
        const reply = await next(call);
        reportSource(call, reply.stored, reply.cache ?? { fwd: 'bypass' }, clock.now());
        return reply;
      } catch (error) {
        reportSource(call, undefined, call.receipt.cache ?? { fwd: 'miss' }, 0);
        throw error;
      }
    };
    // What is passed on says it itself.
    return (call) => (call.streams ? next(call) : report(call));
  };

type Asked = Pick<Call, 'provider' | 'principal'>;

export const reportSource = (
  { provider, principal }: Asked,
  entry: CacheEntry | undefined,
  outcome: CacheOutcome,
  now: number,
): void => {
  const context = currentContext();
  if (context === undefined) return;
  const cacheStatus = toCacheStatus(provider, outcome);
  const isPrivate = principal?.isCaller ?? false;
  context.freshness.add(
    entry ? toSource(entry, now, { cacheStatus, isPrivate }) : { ...UNSTORABLE, cacheStatus, isPrivate },
  );
};

const UNSTORABLE = {
  storable: false,
  ageMs: 0,
  lifetimeMs: 0,
  browserLifetimeMs: 0,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
};

const toSource = (
  entry: CacheEntry,
  now: number,
  { cacheStatus, isPrivate }: Pick<SourceFreshness, 'cacheStatus' | 'isPrivate'>,
): SourceFreshness => {
  const { lifetimeMs, browserLifetimeMs, staleWhileRevalidateMs, staleIfErrorMs } = entry.freshness;
  return {
    cacheStatus,
    isPrivate,
    storable: true,
    ageMs: entry.ageAt(now),
    lifetimeMs,
    browserLifetimeMs,
    staleWhileRevalidateMs,
    staleIfErrorMs,
  };
};
