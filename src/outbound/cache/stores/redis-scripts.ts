import type { Redis } from 'ioredis';

/** An entry's fields, and how much longer Redis keeps it; null when it is absent, void or too large. */
export type FoundFields = [head: Buffer, body: Buffer, checksum: Buffer, keepMs: Buffer, leftMs: number] | null;

/** Redis's time in ms, and the mark of each tag. */
export type ReservedMarks = [at: number, ...marks: string[]];

export interface CacheCommands {
  cacheFindBuffer(entry: string, markPrefix: string, maxBodyBytes: number): Promise<FoundFields>;
  /** Arguments: number of keys, marks' keys, a new mark, how long a mark lives in ms. */
  cacheReserve(keys: number, ...args: (string | number)[]): Promise<ReservedMarks>;
  /** Arguments: number of keys, the entry's key, marks' keys, `sentAt`, `keepMs`, marks as JSON, head, body, checksum, marks. */
  cacheKeep(keys: number, ...args: (string | number | Buffer)[]): Promise<number>;
  /** Arguments: number of keys, keys of marks and entries, channel, message. */
  cacheForget(keys: number, ...args: string[]): Promise<number>;
}

// `pcall` gives an error as a table: what is not of the type it should be is no text either.
const FIND = `
local found = redis.pcall('HMGET', KEYS[1], 'marks', 'head', 'checksum', 'keepMs')
local left = redis.call('PTTL', KEYS[1])
if left == -2 then return false end
local function isCurrent()
  if found.err or left < 0 or not found[1] then return false end
  local isRead, marks = pcall(cjson.decode, found[1])
  if not isRead or type(marks) ~= 'table' or #marks == 0 then return false end
  for _, mark in ipairs(marks) do
    if type(mark) ~= 'table' or type(mark[1]) ~= 'string' or type(mark[2]) ~= 'string' then return false end
    if redis.pcall('GET', ARGV[1] .. mark[1]) ~= mark[2] then return false end
  end
  return true
end
if not isCurrent() then
  redis.call('DEL', KEYS[1])
  return false
end
if redis.call('HSTRLEN', KEYS[1], 'body') > tonumber(ARGV[2]) then return false end
return { found[2], redis.call('HGET', KEYS[1], 'body'), found[3], found[4], left }
`;

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

const RESERVE = `${NOW}
local answer = { now }
for i, key in ipairs(KEYS) do
  local mark = redis.pcall('GET', key)
  if type(mark) ~= 'string' then
    mark = ARGV[1]
    redis.call('SET', key, mark, 'PX', ARGV[2])
  elseif redis.call('PTTL', key) < tonumber(ARGV[2]) then
    redis.call('PEXPIRE', key, ARGV[2])
  end
  answer[i + 1] = mark
end
return answer
`;

// What was held up on its way here is that much older. Marks live longer than what bears them.
const KEEP = `${NOW}
local keepMs = tonumber(ARGV[2])
local left = math.floor(keepMs - math.max(0, now - tonumber(ARGV[1])))
if left < 1 then return 0 end
for i = 2, #KEYS do
  if redis.pcall('GET', KEYS[i]) ~= ARGV[5 + i] then return 0 end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'keepMs', ARGV[2], 'marks', ARGV[3], 'head', ARGV[4], 'body', ARGV[5], 'checksum', ARGV[6])
redis.call('PEXPIRE', KEYS[1], left)
for i = 2, #KEYS do
  if redis.call('PTTL', KEYS[i]) < left then redis.call('PEXPIRE', KEYS[i], left + 3600000) end
end
return 1
`;

const FORGET = `
for _, key in ipairs(KEYS) do redis.call('DEL', key) end
return redis.call('PUBLISH', ARGV[1], ARGV[2])
`;

/** Teaches a connection our scripts: each is one round trip, and nothing comes between its steps. */
export const defineScripts = (redis: Redis): CacheCommands => {
  redis.defineCommand('cacheFind', { numberOfKeys: 1, lua: FIND });
  redis.defineCommand('cacheReserve', { lua: RESERVE });
  redis.defineCommand('cacheKeep', { lua: KEEP });
  redis.defineCommand('cacheForget', { lua: FORGET });
  return redis as unknown as CacheCommands;
};
