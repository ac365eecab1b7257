// What is asked of a list. `sweep` and `now` are those of the other scripts.

// A page begins where its position would be, whether or not that is still there: no id holds a NUL.
export const LIST = `
sweep(KEYS[2], ARGV[1], 1000)
local from, found = 0, {}
if ARGV[3] ~= '' then
  local marker = ARGV[4] .. '\\0'
  redis.call('ZADD', KEYS[1], ARGV[3], marker)
  from = redis.call('ZREVRANK', KEYS[1], marker)
  redis.call('ZREM', KEYS[1], marker)
  local score = redis.call('ZSCORE', KEYS[1], ARGV[4])
  if score and tonumber(score) == tonumber(ARGV[3]) then from = from + 1 end
end
while #found < tonumber(ARGV[2]) do
  local ids = redis.call('ZREVRANGE', KEYS[1], from, from + ARGV[2] - #found - 1)
  if #ids == 0 then break end
  for _, id in ipairs(ids) do
    local fields = redis.call('HMGET', ARGV[1] .. id, 'v', 'c', 'd')
    if fields[1] then
      found[#found + 1] = { id, fields[1], fields[2], fields[3] }
      from = from + 1
    else
      redis.call('ZREM', KEYS[1], id)
    end
  end
end
return found
`;

// Without those that have run out this very moment.
export const OLDEST = `
sweep(KEYS[2], ARGV[1], 1000)
local found = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, ARGV[2] - 1)) do
  local fields = redis.call('HMGET', ARGV[1] .. id, 'v', 'c', 'd')
  if fields[1] then found[#found + 1] = { id, fields[1], fields[2], fields[3] } end
end
return found
`;

export const COUNT = `
sweep(KEYS[2], ARGV[1], 1000)
return redis.call('ZCARD', KEYS[1])
`;
