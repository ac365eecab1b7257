import type { Clock } from '../../platform/clock.ts';
import type { Call, Reply, Send, Stage } from '../http/call.ts';
import type { CallReceipts } from '../telemetry/call-receipts.ts';
import { toCacheKey } from './cache-key.ts';
import { isFresh } from './is-fresh.ts';
import { isTypical } from './is-typical.ts';
import type { RecentKeys } from './recent-keys.ts';
import { CollapsedCall } from './collapsed-call.ts';
import type { CacheStore } from './stores/cache-store.ts';

export interface CollapseParts {
  readonly clock: Clock;
  readonly receipts: CallReceipts;
  readonly store: CacheStore;
  /** Keys whose answers lately could not be shared: such calls never wait for each other. */
  readonly unshareable: RecentKeys;
}

/**
 * Makes one upstream call of identical safe calls at the same time. They share an answer that is storable and fresh, or
 * any answer where the operation says `collapse`; otherwise each goes on by itself, at once.
 */
export const collapse =
  ({ clock, receipts, store, unshareable }: CollapseParts): Stage =>
  (next) => {
    const underWay = new Map<string, { readonly begun: CollapsedCall; readonly generation: number }>();
    return async (call) => {
      if (call.signal.aborted) throw call.signal.reason;
      const key = toSharedKey(call);
      if (key === undefined) return next(call);
      const name = call.lookup?.entryKey ?? key;
      if (unshareable.has(name) && !call.operation.collapse) {
        const reply = await next(call);
        if (isFresh(reply)) unshareable.delete(name);
        return reply;
      }
      const shared = underWay.get(key);
      // One from before an invalidation is for those only who came before it, too.
      const isCurrent = shared?.generation === store.generation && !shared.begun.isAbandoned;
      // Whoever is waited for does not wait behind what may have to wait for its share.
      const isAsUrgent = call.isBackground || !shared?.begun.isBackground;
      if (shared && isCurrent && isAsUrgent) return join(shared.begun, call, next);
      const begun = new CollapsedCall(call, next, { receipts, clock });
      underWay.set(key, { begun, generation: store.generation });
      begun.whenOver((isShareable) => {
        if (underWay.get(key)?.begun === begun) underWay.delete(key);
        if (isShareable) unshareable.delete(name);
        else if (isShareable === false) unshareable.add(name);
      });
      return begun.waitAsLeader(call);
    };
  };

const join = async (shared: CollapsedCall, call: Call, next: Send): Promise<Reply> => {
  const reply = await shared.wait(call);
  if (reply === undefined) {
    call.receipt.decisions.push('not collapsed: the answer is for one caller only');
    return next(call);
  }
  call.receipt.decisions.push('collapsed into a call under way');
  return { ...reply, headers: toHeadersForAll(reply), cache: { ...reply.cache, collapsed: true } };
};

/** As the store would give them: nothing of one exchange or one user (RFC 9111 §3.1, §5.2.2). */
const toHeadersForAll = ({ headers, stored }: Reply): Reply['headers'] => {
  if (stored) return stored.headersAt(stored.receivedAt);
  const { 'set-cookie': _cookie, ...alike } = headers;
  return alike;
};

/** What makes calls identical, as far as it is known before the answer; undefined for one that is nobody else's. */
const toSharedKey = (call: Call): string | undefined => {
  if (call.method !== 'GET' || call.body !== null || !(isTypical(call) || call.operation.collapse)) return undefined;
  if (call.lookup) return call.lookup.validates ? `${call.lookup.entryKey}\nvalidates` : call.lookup.entryKey;
  return call.operation.collapse ? toCacheKey(call) : undefined;
};
