import type { Call, Reply } from '../http/call.ts';
import { toPartialAnswer } from './rules/byte-range.ts';
import type { CacheEntry } from './cache-entry.ts';
import type { CacheOutcome } from './cache-outcome.ts';
import { hasConditions, isNotModified } from './rules/conditions.ts';

const NOTHING = Buffer.alloc(0);

/** What a 304 repeats of the 200 it stands for (RFC 9110 §15.4.5). */
const IN_NOT_MODIFIED = [
  'cache-control',
  'content-location',
  'date',
  'etag',
  'expires',
  'last-modified',
  'vary',
] as const;

/** Answers a call with an entry: whole, in part, without its body, or as "you have it already". */
export const serveStored = (call: Call, entry: CacheEntry, now: number, cache: CacheOutcome): Reply => {
  const reply = { status: entry.status, headers: entry.headersAt(now), body: entry.body, stored: entry, cache };
  // Of other statuses, conditions are ignored (RFC 9110 §13.2.1).
  if (entry.status === 200 && hasConditions(call.headers) && isNotModified(call.headers, entry))
    return toNotModified(reply);
  if (call.method === 'HEAD') return { ...reply, body: NOTHING };
  if (call.headers['range'] === undefined || entry.status !== 200) return reply;
  const part = toPartialAnswer(call.headers['range'], entry.body);
  return part ? { ...reply, ...part, headers: { ...reply.headers, ...part.headers } } : reply;
};

const toNotModified = (reply: Reply): Reply => {
  const headers: Reply['headers'] = { age: reply.headers['age'] };
  for (const name of IN_NOT_MODIFIED) if (reply.headers[name] !== undefined) headers[name] = reply.headers[name];
  return { ...reply, status: 304, headers, body: NOTHING };
};
