import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RedisGuard } from '../redis/redis-guard.ts';
import { toLeaseName, toName } from './names.ts';
import { defineScripts, type FoundSealed, type VaultCommands } from './redis-scripts.ts';
import { seal, unseal } from './seal.ts';
import { Vault, VaultUnavailable, type Kept, type Lease, type VaultKey } from './vault.ts';
import { toWholeTtl } from './whole-ttl.ts';

/** A vault that all instances share, in Redis or Valkey. Time is Redis's own, whatever the clocks of instances say. */
export class RedisVault extends Vault {
  readonly #commands: VaultCommands;

  /** The connection is closed by whoever opened it. */
  constructor(
    private readonly redis: Redis,
    private readonly guard: RedisGuard,
  ) {
    super();
    this.#commands = defineScripts(redis);
  }

  async put(key: VaultKey, value: string, ttlMs: number): Promise<void> {
    const wholeMs = toWholeTtl(ttlMs);
    if (wholeMs === 0) return this.delete(key);
    const sealed = seal(key, value);
    await this.ask(() => this.redis.set(toName(key), sealed, 'PX', wholeMs));
  }

  async get(key: VaultKey): Promise<Kept | undefined> {
    return toKept(key, await this.ask(() => this.#commands.vaultGetBuffer(toName(key))));
  }

  async take(key: VaultKey): Promise<Kept | undefined> {
    return toKept(key, await this.ask(() => this.#commands.vaultTakeBuffer(toName(key))));
  }

  async extend(key: VaultKey, ttlMs: number): Promise<boolean> {
    return (await this.ask(() => this.redis.pexpire(toName(key), toWholeTtl(ttlMs)))) === 1;
  }

  async replace(key: VaultKey, value: string, ttlMs: number): Promise<boolean> {
    const wholeMs = toWholeTtl(ttlMs);
    // Redis does not keep anything for no time, but ends what is there.
    if (wholeMs === 0) return this.extend(key, 0);
    const sealed = seal(key, value);
    return (await this.ask(() => this.redis.set(toName(key), sealed, 'PX', wholeMs, 'XX'))) === 'OK';
  }

  async delete(key: VaultKey): Promise<void> {
    await this.ask(() => this.redis.del(toName(key)));
  }

  async tryLease(key: VaultKey, leaseMs: number): Promise<Lease | undefined> {
    const name = toLeaseName(key);
    const holder = randomUUID();
    const wholeMs = Math.max(1, toWholeTtl(leaseMs));
    const release = (): Promise<unknown> => this.#commands.vaultRelease(name, holder);
    const granted = await this.ask(
      () => this.redis.set(name, holder, 'PX', wholeMs, 'NX'),
      // Nobody knows of it any more, and everybody would wait for its end.
      (late) => void (late === 'OK' && release().catch(() => undefined)),
    );
    return granted === 'OK' ? { release: async () => void (await this.ask(release)) } : undefined;
  }

  private async ask<T>(question: () => Promise<T>, onLate?: (value: T) => void): Promise<T> {
    const answer = await this.guard.ask(question, onLate);
    if (!answer) throw new VaultUnavailable();
    return answer.value;
  }
}

const toKept = (key: VaultKey, found: FoundSealed): Kept | undefined => {
  const value = found ? unseal(key, found[0]) : undefined;
  return found && value !== undefined ? { value, ttlMs: found[1] } : undefined;
};
