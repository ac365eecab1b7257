import type { Clock } from '../../platform/clock.ts';
import type { Call, Reply, Send, Stage } from '../http/call.ts';
import { leaveReply } from '../http/leave-reply.ts';
import { isSafeMethod } from '../http/operation.ts';
import type { AttemptRecord } from '../telemetry/call-receipt.ts';
import { confirms, withoutConditions } from './rules/conditions.ts';
import { mayServeOnError } from './rules/decision.ts';
import { toEntry, toTags } from './entry-of.ts';
import { toInvalidatedTags } from './rules/invalidated-tags.ts';
import { isTypical } from './is-typical.ts';
import type { Lookup } from './lookup.ts';
import { putEntry } from './put-entry.ts';
import type { RecentKeys } from './recent-keys.ts';
import { isError, isReplaceable } from './rules/status-rules.ts';
import type { CacheStore, Reservation } from './stores/cache-store.ts';
import { toUpdatedHeaders } from './rules/stored-headers.ts';

export interface KeepParts {
  readonly store: CacheStore;
  readonly clock: Clock;
  /** Keys whose answers lately turned out not to be kept. */
  readonly unstorable: RecentKeys;
}

/** Keeps what may be kept of the upstream's answers (RFC 9111 §3), and drops what unsafe methods make void (§4.4). */
export const keep =
  (parts: KeepParts): Stage =>
  (next) =>
  async (call) => {
    const { lookup } = call;
    if (lookup === undefined) return isSafeMethod(call.method) ? next(call) : sendUnsafe(next, call, parts.store);
    // What replaces something does so wherever that is.
    const isUnlikely = lookup.stored === undefined && parts.unstorable.has(lookup.key);
    const reservation = parts.store.reserve(toTags(call), isUnlikely);
    try {
      const begunAt = parts.clock.now();
      const answer = await ask(next, call, lookup);
      return await keepAnswer({ ...parts, call, lookup, reservation }, answer, toAskedAt(call, begunAt));
    } finally {
      reservation.release();
    }
  };

/** When the attempt was made that brought the answer: earlier ones and the waits between are no part of its age. */
const toAskedAt = ({ receipt }: Call, begunAt: number): number => {
  const mayBeIts = ({ status, isHedge }: AttemptRecord): boolean =>
    status !== undefined && (!isHedge || receipt.hedge === 'won');
  const last = receipt.attempts.findLast(mayBeIts);
  return last ? receipt.startedAt + last.startedAtMs + last.queuedMs : begunAt;
};

const sendUnsafe = async (next: Send, call: Call, store: CacheStore): Promise<Reply> => {
  const reply = await next(call);
  if (reply.status < 400) await store.invalidate(toInvalidatedTags(call, reply));
  return reply;
};

/** The upstream's answer; where it says that what is stored is still good, that with its new headers. */
const ask = async (next: Send, call: Call, { stored, validates }: Lookup): Promise<Reply> => {
  const reply = await next(call);
  if (reply.status !== 304 || !validates || stored === undefined) return reply;
  leaveReply(reply);
  // It speaks of something else than what we have (RFC 9111 §4.3.4).
  if (!confirms(reply.headers, stored)) return next({ ...call, headers: withoutConditions(call.headers) });
  const headers = toUpdatedHeaders(stored.headers, reply.headers);
  return { status: stored.status, headers, body: stored.body, cache: { fwdStatus: 304 } };
};

interface Keeping extends KeepParts {
  readonly call: Call;
  readonly lookup: Lookup;
  readonly reservation: Reservation;
}

const keepAnswer = async (keeping: Keeping, answer: Reply, askedAt: number): Promise<Reply> => {
  const { call, lookup, clock, reservation, store, unstorable } = keeping;
  const { stored } = lookup;
  const now = clock.now();
  const isConfirmed = answer.cache?.fwdStatus === 304;
  const arrived = { answer, receivedAt: now, delayMs: now - askedAt, wallTime: clock.wallTime() };
  // What is still coming is too large to be kept.
  const entry = answer.rest
    ? undefined
    : toEntry(isConfirmed ? { ...call, method: 'GET' } : call, arrived, answer.body);
  // What can still stand in for errors is worth more than an error.
  if (stored && isReplaceable(answer.status) && mayServeOnError(stored, now)) return answer;
  if (entry && isConfirmed) entry.parsed = stored?.parsed;
  const reply = entry ? { ...answer, stored: entry } : answer;
  // What breaks its schema is not kept: it would be served until it expires. Nor does it outdate what can be read.
  const broken = entry || stored ? await toBreakage(call, reply) : undefined;
  if (broken) return { ...answer, broken };
  if (entry === undefined) return dropStored(keeping, answer);
  // It is from before an invalidation: good enough for who asked, for nobody after.
  if (!reservation.allows(entry)) return { ...answer, cache: { ...answer.cache, detail: 'invalidated' } };
  const isKept = await putEntry({ store, reservation, key: lookup.key, headers: call.headers }, entry);
  unstorable.delete(lookup.key);
  const cache = { ...answer.cache, stored: isKept };
  return isConfirmed ? { ...reply, headers: entry.headersAt(now), cache } : { ...reply, cache };
};

const toBreakage = async ({ read }: Call, reply: Reply): Promise<Error | undefined> => {
  if (read === undefined || reply.status >= 300) return undefined;
  try {
    await read(reply);
    return undefined;
  } catch (error) {
    return error as Error;
  }
};

/** Not to be kept: what was stored before is obsolete, unless this is an error. */
const dropStored = async ({ call, lookup, store, unstorable }: Keeping, answer: Reply): Promise<Reply> => {
  if (isError(answer.status) || call.method !== 'GET' || !isTypical(call)) return answer;
  unstorable.add(lookup.key);
  if (lookup.stored) await store.delete(lookup.entryKey);
  return answer;
};
