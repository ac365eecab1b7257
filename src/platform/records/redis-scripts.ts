import type { Redis } from 'ioredis';
import { COUNT, LIST, OLDEST } from './redis-list-scripts.ts';

/** Version, creation in ms since 1970, value as JSON. */
export type FoundFields = readonly [version: string | null, createdAt: string | null, value: string | null];

/**
 * A document is a hash: `v` version, `c` creation, `d` value, `l` the JSON of its id and the keys of its lists. A list is a sorted
 * set of ids by creation. `expiries` holds the `l` of what runs out, by when: what has run out is so taken out of its lists.
 * Time is Redis's own, whatever the clocks of instances say.
 */
export interface RecordCommands {
  recordInsert(doc: string, expiries: string, docs: string, value: string, l: string, ttl: string): Promise<number>;
  recordReplace(
    ...change: [doc: string, expiries: string, version: string, value: string, l: string, ttl: string]
  ): Promise<number>;
  recordDelete(doc: string, expiries: string): Promise<number>;
  recordList(
    ...page: [list: string, expiries: string, docs: string, count: number, createdAt: string, id: string]
  ): Promise<[id: string, ...FoundFields][]>;
  recordOldest(list: string, expiries: string, docs: string, count: number): Promise<[id: string, ...FoundFields][]>;
  recordCount(list: string, expiries: string, docs: string): Promise<number>;
}

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(number) return string.format('%.0f', number) end
`;

// One that was put there anew keeps those lists that it is in again.
const SWEEP = `
local function sweep(expiries, docs, most)
  local due = redis.call('ZRANGEBYSCORE', expiries, '-inf', whole(now), 'LIMIT', 0, most)
  for _, mark in ipairs(due) do
    local gone, kept = cjson.decode(mark), {}
    local again = redis.call('HGET', docs .. gone[1], 'l')
    if again then for _, list in ipairs(cjson.decode(again)) do kept[list] = true end end
    for at = 2, #gone do
      if not kept[gone[at]] then redis.call('ZREM', gone[at], gone[1]) end
    end
    redis.call('ZREM', expiries, mark)
  end
end
`;

const LISTS = `
local function enlist(mark, created)
  local lists = cjson.decode(mark)
  for at = 2, #lists do redis.call('ZADD', lists[at], created, lists[1]) end
end
local function unlist(mark)
  local lists = cjson.decode(mark)
  for at = 2, #lists do redis.call('ZREM', lists[at], lists[1]) end
end
`;

const INSERT = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
sweep(KEYS[2], ARGV[1], 16)
redis.call('HSET', KEYS[1], 'v', '1', 'c', whole(now), 'd', ARGV[2], 'l', ARGV[3])
enlist(ARGV[3], whole(now))
if ARGV[4] ~= '' then
  redis.call('ZADD', KEYS[2], whole(now + ARGV[4]), ARGV[3])
  redis.call('PEXPIREAT', KEYS[1], whole(now + ARGV[4]))
end
return 1
`;

// An empty l, or ttl, leaves it as it was; a ttl of "none" keeps the document until it is deleted.
const REPLACE = `
local version, created, before = unpack(redis.call('HMGET', KEYS[1], 'v', 'c', 'l'))
if version ~= ARGV[1] then return 0 end
local mark, ttl = ARGV[3], ARGV[4]
if mark == '' then mark = before end
if ttl == '' then ttl = redis.call('PTTL', KEYS[1]) end
redis.call('HSET', KEYS[1], 'v', whole(version + 1), 'd', ARGV[2], 'l', mark)
if mark ~= before then
  unlist(before)
  enlist(mark, created)
end
redis.call('ZREM', KEYS[2], before)
if ttl == 'none' or ttl == -1 then
  redis.call('PERSIST', KEYS[1])
else
  redis.call('ZADD', KEYS[2], whole(now + ttl), mark)
  redis.call('PEXPIREAT', KEYS[1], whole(now + ttl))
end
return 1
`;

const DELETE = `
local mark = redis.call('HGET', KEYS[1], 'l')
if not mark then return 0 end
unlist(mark)
redis.call('ZREM', KEYS[2], mark)
return redis.call('DEL', KEYS[1])
`;

/** Teaches a connection our scripts: each is one round trip, and nothing comes between its steps. */
export const defineScripts = (redis: Redis): RecordCommands => {
  redis.defineCommand('recordInsert', { numberOfKeys: 2, lua: `${NOW}${SWEEP}${LISTS}${INSERT}` });
  redis.defineCommand('recordReplace', { numberOfKeys: 2, lua: `${NOW}${LISTS}${REPLACE}` });
  redis.defineCommand('recordDelete', { numberOfKeys: 2, lua: `${LISTS}${DELETE}` });
  redis.defineCommand('recordList', { numberOfKeys: 2, lua: `${NOW}${SWEEP}${LIST}` });
  redis.defineCommand('recordOldest', { numberOfKeys: 2, lua: `${NOW}${SWEEP}${OLDEST}` });
  redis.defineCommand('recordCount', { numberOfKeys: 2, lua: `${NOW}${SWEEP}${COUNT}` });
  return redis as unknown as RecordCommands;
};
