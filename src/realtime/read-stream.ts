import type { Redis } from 'ioredis';
import { EventLog, MAX_BYTES, MAX_EVENTS } from './event-log.ts';
import type { Topic } from './event-hub.ts';
import { MARK, readEntry, toStreamKey, type StreamEntry } from './stream-entries.ts';

/** Entries may have 32 KiB each. */
const PAGE = 100;

/** The last entries of a stream, the oldest first. One that is empty gets a mark. */
export const readLast = async (redis: Redis, key: string): Promise<[StreamEntry, ...StreamEntry[]]> => {
  const found: StreamEntry[] = [];
  let bytes = 0;
  for (let to = '+'; found.length <= MAX_EVENTS && bytes <= MAX_BYTES; to = `(${found.at(-1)![0]}`) {
    const page = await redis.xrevrange(key, to, '-', 'COUNT', PAGE);
    found.push(...page);
    for (const [, fields] of page) bytes += fields.join('').length;
    if (page.length < PAGE) break;
  }
  if (found.length === 0) found.push([(await redis.xadd(key, '*', ...MARK))!, MARK]);
  return found.reverse() as [StreamEntry, ...StreamEntry[]];
};

/** A log of what is in the stream of a topic now, and the id to go on from. */
export const readLog = async (redis: Redis, topic: Topic): Promise<{ events: EventLog; cursor: string }> => {
  const [first, ...others] = await readLast(redis, toStreamKey(topic.name));
  // Nobody knows what was before the first one, so it is told to nobody either.
  const events = new EventLog(first[0]);
  for (const entry of others) {
    const event = readEntry(topic, entry);
    if (event) events.append(event);
  }
  return { events, cursor: others.at(-1)?.[0] ?? first[0] };
};

/** Whether an entry is still there: then so are all that came after it, as streams lose the oldest first. */
export const isThere = async (redis: Redis, topic: Topic, id: string): Promise<boolean> =>
  (await redis.xrange(toStreamKey(topic.name), id, id, 'COUNT', 1)).length > 0;
