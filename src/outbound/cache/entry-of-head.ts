import type { Clock } from '../../platform/clock.ts';
import type { Call, Reply } from '../http/call.ts';
import type { CacheEntry } from './cache-entry.ts';
import { toEntry } from './entry-of.ts';

const NOTHING = Buffer.alloc(0);

/** What would be kept of an answer whose body has yet to come; undefined when nothing. */
export const toEntryOfHead = (
  call: Call,
  answer: Pick<Reply, 'status' | 'headers'>,
  clock: Clock,
): CacheEntry | undefined =>
  toEntry(call, { answer, receivedAt: clock.now(), delayMs: 0, wallTime: clock.wallTime() }, NOTHING);
