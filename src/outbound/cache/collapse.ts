import type { Clock } from '../../platform/clock.ts';
import type { Call, Reply, Send, Stage } from '../http/call.ts';
import { toCacheKey } from './cache-key.ts';
import { isTypical } from './is-typical.ts';
import type { RecentKeys } from './recent-keys.ts';
import { CollapsedCall } from './collapsed-call.ts';

export interface CollapseParts {
  readonly clock: Clock;
  /** Keys whose answers lately could not be shared: such calls never wait for each other. */
  readonly unshareable: RecentKeys;
}

/**
 * Makes one upstream call of identical safe calls at the same time. They share an answer that is storable and fresh, or
 * any answer where the operation says `collapse`; otherwise each goes on by itself, at once.
 */
export const collapse =
  ({ clock, unshareable }: CollapseParts): Stage =>
  (next) => {
    const underWay = new Map<string, CollapsedCall>();
    return async (call) => {
      const key = toSharedKey(call);
      if (key === undefined || (unshareable.has(key) && !call.operation.collapse)) return next(call);
      const shared = underWay.get(key);
      if (shared) return join(shared, call, next);
      const begun = new CollapsedCall(call, next, clock);
      underWay.set(key, begun);
      begun.whenOver((isShareable) => {
        if (underWay.get(key) === begun) underWay.delete(key);
        if (isShareable) unshareable.delete(key);
        else if (isShareable === false) unshareable.add(key);
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
  return { ...reply, cache: { ...reply.cache, collapsed: true } };
};

/** What makes calls identical, as far as it is known before the answer; undefined for one that is nobody else's. */
const toSharedKey = (call: Call): string | undefined => {
  if (call.method !== 'GET' || !(isTypical(call) || call.operation.collapse)) return undefined;
  if (call.lookup) return call.lookup.validates ? `${call.lookup.entryKey}\nvalidates` : call.lookup.entryKey;
  return call.operation.collapse ? toCacheKey(call) : undefined;
};
