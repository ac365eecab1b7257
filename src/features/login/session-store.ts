import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { takeTurns } from '../../platform/vault/take-turns.ts';
import { Vault, type Kept, type VaultKey } from '../../platform/vault/vault.ts';
import { sessionConfig, type SessionOptions } from './session.config.ts';
import { fromText, toText } from './session-text.ts';
import type { Session } from './session.ts';

/** A session and how much longer it lives if nobody uses it, in ms. */
export interface FoundSession {
  readonly session: Session;
  readonly idleLeftMs: number;
}

/** A use counts once a minute, or in each tenth of a short idle lifetime: not every request writes. */
const USE_COUNTS_AFTER_MS = 60_000;

/** Longest that one instance works on a session while the others wait: a call to the server, and saving what it brought. */
const LEASE_MS = 45_000;

/** What is left of somebody else's turn, and a little more. */
const PATIENCE_MS = LEASE_MS + 5_000;

/** Sessions in the vault, each kept for its idle lifetime and never past its absolute one. Throws `VaultUnavailable`. */
@Injectable()
export class SessionStore {
  constructor(
    @Inject(sessionConfig.KEY) private readonly options: SessionOptions,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  put(id: string, session: Session): Promise<void> {
    return this.vault.put(keyOf(id), toText(session), this.lifetimeLeftMs(session));
  }

  /** Looks at a session, which does not count as a use. */
  async find(id: string): Promise<FoundSession | undefined> {
    return this.toFound(await this.vault.get(keyOf(id)));
  }

  /** Finds a session and lets its idle lifetime begin anew. */
  async use(id: string): Promise<Session | undefined> {
    const found = await this.find(id);
    if (found === undefined) return undefined;
    const wholeMs = this.lifetimeLeftMs(found.session);
    const countsAfterMs = Math.min(USE_COUNTS_AFTER_MS, this.options.idleMs / 10);
    if (wholeMs - found.idleLeftMs < countsAfterMs) return found.session;
    return (await this.vault.extend(keyOf(id), wholeMs)) ? found.session : undefined;
  }

  /** False, and nothing is kept, when the session is gone: one that was logged out does not come back. */
  replace(id: string, session: Session): Promise<boolean> {
    return this.vault.replace(keyOf(id), toText(session), this.lifetimeLeftMs(session));
  }

  /** Ends a session whose user has logged in anew: its grant lives on in the session after it. */
  async supersede(id: string): Promise<void> {
    await this.vault.put(supersededKeyOf(id), '', PATIENCE_MS);
    await this.vault.delete(keyOf(id));
  }

  /** Whether a session that is gone was superseded; remembered for as long as a turn with it may last. */
  async isSuperseded(id: string): Promise<boolean> {
    return (await this.vault.get(supersededKeyOf(id))) !== undefined;
  }

  /** Ends a session; of many who try, one gets it. */
  async take(id: string): Promise<Session | undefined> {
    return this.toFound(await this.vault.take(keyOf(id)))?.session;
  }

  delete(id: string): Promise<void> {
    return this.vault.delete(keyOf(id));
  }

  /** Runs `work` while nobody else does anything to that session, here or in another instance. */
  inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = { leaseMs: LEASE_MS, patienceMs: PATIENCE_MS };
    return takeTurns({ vault: this.vault, clock: this.clock }, keyOf(id), turn, work);
  }

  /** When a session ends, however much it is used; without a refresh token its access token's end is its own. */
  endOf({ begunAt, refreshToken, tokenEndsAt }: Session): number {
    const endsAt = begunAt + this.options.maxMs;
    return refreshToken === undefined ? Math.min(endsAt, tokenEndsAt) : endsAt;
  }

  private lifetimeLeftMs(session: Session): number {
    return Math.min(this.options.idleMs, this.endOf(session) - this.clock.wallTime());
  }

  /** Its end is checked, too, as instances may have been told different lifetimes, and TTLs may have been cut short or not. */
  private toFound(kept: Kept | undefined): FoundSession | undefined {
    const session = kept && fromText(kept.value);
    if (session === undefined || this.endOf(session) <= this.clock.wallTime()) return undefined;
    return { session, idleLeftMs: kept!.ttlMs };
  }
}

const keyOf = (id: string): VaultKey => ({ purpose: 'session', secret: id });
const supersededKeyOf = (id: string): VaultKey => ({ purpose: 'superseded-session', secret: id });
