import type { Clock } from '../../platform/clock.ts';
import type { Call, Reply, Stage } from '../http/call.ts';
import type { CallReceipts } from '../telemetry/call-receipts.ts';
import { askUpstream } from './ask-upstream.ts';
import { toCacheKey } from './cache-key.ts';
import type { CacheOutcome, Forwarding } from './cache-outcome.ts';
import { hasForeignConditions, toValidators, withoutConditions } from './rules/conditions.ts';
import { decide } from './rules/decision.ts';
import { findEntry, type Found } from './find-entry.ts';
import type { RecentKeys } from './recent-keys.ts';
import { isDueAhead, refreshAhead } from './refresh-ahead.ts';
import { refreshInBackground } from './refresh.ts';
import { toRequestRules } from './rules/request-rules.ts';
import { serveStored } from './serve-stored.ts';
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
    const startAhead = refreshAhead(store, refresh);
    const ask = askUpstream(next, clock);
    return async (call) => {
      const passing = toPassing(call);
      if (passing !== undefined) return withOutcome(await next(call), { fwd: passing });
      const key = toCacheKey(call);
      const found = unstorable.has(key) ? { entryKey: key, isGivenUp: true } : await findEntry(store, key, call);
      const rules = toRequestRules(call.headers);
      const now = clock.now();
      const decision = found.entry ? decide(found.entry, rules, now) : 'validate';
      if (decision === 'refresh') refresh(toLookedUp(ofNobody(call), key, found));
      if (found.entry && decision !== 'validate') {
        if (decision === 'serve' && isDueAhead(found.entry, call, now))
          startAhead(found.entry, toLookedUp(ofNobody(call), key, found));
        found.entry.noteHit();
        const ttlMs = found.entry.ttlAt(now);
        const told = decision === 'refresh' ? { ttlMs, ...WHILE_REVALIDATING } : { ttlMs };
        const served = await readStored(call, serveStored(call, found.entry, now, told));
        if (served !== undefined) return served;
        // As if there were nothing: it is of no use to this caller, and a 304 would not make it so.
        const asked = toLookedUp(call, key, { entryKey: found.entryKey });
        return ask({ caller: call, call: asked, outcome: { fwd: 'stale' } });
      }
      const outcome = toOutcome(call, found, rules.noCache, now);
      if (rules.onlyIfCached) return withOutcome(GATEWAY_TIMEOUT, outcome);
      return ask({ caller: call, call: toLookedUp(call, key, found), outcome });
    };
  };

/** With what the caller makes of it; undefined when it cannot be read: it may have been stored for another schema. */
const readStored = async (call: Call, reply: Reply): Promise<Reply | undefined> => {
  if (call.read === undefined || reply.status >= 300) return reply;
  try {
    return { ...reply, value: await call.read(reply) };
  } catch {
    return undefined;
  }
};

const WHILE_REVALIDATING = { detail: 'stale-while-revalidate' } as const;

/** RFC 9111 §5.2.1.7. */
const GATEWAY_TIMEOUT: Reply = { status: 504, headers: {}, body: Buffer.alloc(0) };

const withOutcome = (reply: Reply, outcome: CacheOutcome): Reply => ({
  ...reply,
  cache: { ...outcome, ...reply.cache },
});

/** Why a call is none of the cache's business; undefined when it is. */
const toPassing = ({ operation, method, headers, body, upgrade }: Call): Forwarding | undefined => {
  if (operation.cache === 'off') return 'bypass';
  if (method !== 'GET' && method !== 'HEAD') return 'method';
  // What a body asks for is in no key.
  return hasForeignConditions(headers) || body !== null || upgrade !== undefined ? 'request' : undefined;
};

/** `isUnwanted`: the caller wants to hear it from the upstream, whatever is stored. */
const toOutcome = ({ headers }: Call, found: Found, isUnwanted: boolean, now: number): CacheOutcome => {
  const { entry, hasVariants, isGivenUp } = found;
  if (isGivenUp) return { fwd: 'uri-miss', detail: 'hit-for-miss' };
  if (entry === undefined) return { fwd: hasVariants ? 'vary-miss' : 'uri-miss' };
  // What is fresh was not good enough for this caller.
  if (isUnwanted || entry.ttlAt(now) > 0) return { fwd: 'request' };
  return { fwd: headers['range'] === undefined ? 'stale' : 'partial' };
};

const OF_ONE_CALLER = ['range', 'cache-control', 'pragma', 'if-none-match', 'if-modified-since'];

/** The same for everybody: nothing that one caller asks for, nobody to be told of interim answers. */
const ofNobody = ({ noteHead: _noteHead, streams: _streams, ...call }: Call): Call => {
  const headers = { ...call.headers };
  for (const name of OF_ONE_CALLER) delete headers[name];
  return { ...call, headers };
};

/** The call as it goes on: with what it may be validated by instead of the caller's own conditions. */
const toLookedUp = (call: Call, key: string, { entry, entryKey }: Found): Call => {
  const validators = entry && call.headers['range'] === undefined ? toValidators(entry) : {};
  const validates = Object.keys(validators).length > 0;
  const headers = validates ? { ...withoutConditions(call.headers), ...validators } : call.headers;
  return { ...call, headers, lookup: { key, entryKey, stored: entry, validates } };
};
