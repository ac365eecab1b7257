import type { Redis } from 'ioredis';

/** What is stored, and how much longer, in ms by Redis's clock; null when there is nothing. */
export type FoundSealed = [sealed: Buffer, ttlMs: number] | null;

export interface VaultCommands {
  vaultGetBuffer(name: string): Promise<FoundSealed>;
  vaultTakeBuffer(name: string): Promise<FoundSealed>;
  vaultRelease(name: string, holder: string): Promise<number>;
}

// `pcall` gives an error as a table: what is no text, or never expires, is none of ours.
const GET = `
local found = redis.pcall('GET', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if type(found) ~= 'string' or left < 1 then found = nil end
`;

const ANSWER = `
if not found then return false end
return { found, left }
`;

const RELEASE = `
if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`;

/** Teaches a connection our scripts: each is one round trip, and nothing comes between its steps. */
export const defineScripts = (redis: Redis): VaultCommands => {
  redis.defineCommand('vaultGet', { numberOfKeys: 1, lua: `${GET}${ANSWER}` });
  redis.defineCommand('vaultTake', { numberOfKeys: 1, lua: `${GET}redis.call('DEL', KEYS[1])${ANSWER}` });
  redis.defineCommand('vaultRelease', { numberOfKeys: 1, lua: RELEASE });
  return redis as unknown as VaultCommands;
};
