import type { Clock } from '../../platform/clock.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Reply, Stage } from '../http/call.ts';
import type { CallReceipts } from '../telemetry/call-receipts.ts';
import { toCacheKey } from './cache-key.ts';
import type { CacheEntry } from './cache-entry.ts';
import type { Forwarding } from './cache-outcome.ts';
import { hasConditions, hasForeignConditions, toValidators, withoutConditions } from './conditions.ts';
import { decide, mayServeOnError } from './decision.ts';
import { findEntry, type Found } from './find-entry.ts';
import type { RecentKeys } from './recent-keys.ts';
import { refreshInBackground } from './refresh.ts';
import { toRequestRules, type RequestRules } from './request-rules.ts';
import { serveStored } from './serve-stored.ts';
import { isReplaceable } from './status-rules.ts';
import type { CacheStore } from './stores/cache-store.ts';

export interface CacheParts {
  readonly store: CacheStore;
  readonly clock: Clock;
  readonly receipts: CallReceipts;
  /** Keys whose answers lately turned out not to be kept: nothing is looked for there. */
  readonly unstorable: RecentKeys;
}

/** Answers from the store what may be answered from there, and lets the rest go on to the upstream (RFC 9111 §4). */
export const cache =
  ({ store, clock, receipts, unstorable }: CacheParts): Stage =>
  (next) => {
    const refresh = refreshInBackground(next, receipts, clock);
    const ask = askUpstream(next, clock);
    return async (call) => {
      const passing = toPassing(call);
      if (passing !== undefined) return { ...(await next(call)), cache: { fwd: passing } };
      const key = toCacheKey(call);
      const found: Found = unstorable.has(key) ? { entryKey: key } : await findEntry(store, key, call);
      const rules = toRequestRules(call.headers);
      const { entry } = found;
      const now = clock.now();
      const decision = entry ? decide(entry, rules, now) : 'validate';
      if (entry && decision !== 'validate') {
        if (decision === 'refresh') refresh(toLookedUp(call, key, found));
        const detail = decision === 'refresh' ? ({ detail: 'stale-while-revalidate' } as const) : {};
        return serveStored(call, entry, now, { ttlMs: toTtlMs(entry, now), ...detail });
      }
      if (rules.onlyIfCached) return { ...GATEWAY_TIMEOUT, cache: { fwd: toForwarding(call, found, rules) } };
      return ask(call, toLookedUp(call, key, found), toForwarding(call, found, rules));
    };
  };

/** RFC 9111 §5.2.1.7. */
const GATEWAY_TIMEOUT: Reply = { status: 504, headers: {}, body: Buffer.alloc(0) };

const toTtlMs = (entry: CacheEntry, now: number): number => entry.freshness.lifetimeMs - entry.ageAt(now);

/** Why a call is none of the cache's business; undefined when it is. */
const toPassing = ({ operation, method, headers }: Call): Forwarding | undefined => {
  if (operation.cache === 'off') return 'bypass';
  if (method !== 'GET' && method !== 'HEAD') return 'method';
  return hasForeignConditions(headers) ? 'request' : undefined;
};

const toForwarding = ({ headers }: Call, { entry, hasVariants }: Found, rules: RequestRules): Forwarding => {
  if (entry) return rules.noCache ? 'request' : headers['range'] === undefined ? 'stale' : 'partial';
  return hasVariants ? 'vary-miss' : 'uri-miss';
};

/** The call as it goes on: with what it may be validated by instead of the caller's own conditions. */
const toLookedUp = (call: Call, key: string, { entry, entryKey }: Found): Call => {
  const validators = entry && call.headers['range'] === undefined ? toValidators(entry) : {};
  const validates = Object.keys(validators).length > 0;
  const headers = validates ? { ...withoutConditions(call.headers), ...validators } : call.headers;
  return { ...call, headers, lookup: { key, entryKey, stored: entry, validates } };
};

/** Asks, and falls back on what is stored when no proper answer comes (RFC 5861 §4). */
const askUpstream =
  (next: (call: Call) => Promise<Reply>, clock: Clock) =>
  async (caller: Call, call: Call, fwd: Forwarding): Promise<Reply> => {
    const spare = fwd === 'request' ? undefined : call.lookup?.stored;
    try {
      const reply = await next(call);
      const standIn = isReplaceable(reply.status) ? serveOnError(caller, spare, clock, reply.status) : undefined;
      return standIn ?? conclude(caller, reply, clock, fwd);
    } catch (error) {
      const standIn = error instanceof UpstreamError ? serveOnError(caller, spare, clock, error.status) : undefined;
      if (standIn === undefined) throw error;
      caller.receipt.decisions.push(`served stale: ${(error as UpstreamError).reason}`);
      return standIn;
    }
  };

const serveOnError = (
  caller: Call,
  spare: CacheEntry | undefined,
  clock: Clock,
  fwdStatus: number | undefined,
): Reply | undefined => {
  const now = clock.now();
  if (spare === undefined || !mayServeOnError(spare, now)) return undefined;
  const outcome = { fwd: 'stale', ttlMs: toTtlMs(spare, now), detail: 'stale-if-error' } as const;
  return serveStored(caller, spare, now, fwdStatus === undefined ? outcome : { ...outcome, fwdStatus });
};

/** The upstream's answer, or what the caller's own conditions make of it. */
const conclude = (caller: Call, reply: Reply, clock: Clock, fwd: Forwarding): Reply => {
  const { stored } = reply;
  if (stored === undefined) return { ...reply, cache: { fwd, ...reply.cache } };
  const now = clock.now();
  const outcome = { fwd, ...reply.cache, ttlMs: toTtlMs(stored, now) };
  return hasConditions(caller.headers) ? serveStored(caller, stored, now, outcome) : { ...reply, cache: outcome };
};
