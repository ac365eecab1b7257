import { Injectable } from '@nestjs/common';
import { SessionReader } from '../../inbound/authentication/session-reader.ts';
import { Clock } from '../../platform/clock.ts';
import type { Caller } from '../../platform/context/caller.ts';
import type { SessionTokens } from '../../providers/authorization/session-tokens.ts';
import type { SessionState } from './login.dto.ts';
import { isRandomId, newRandomId } from './random-id.ts';
import { SessionRenewal } from './session-renewal.ts';
import { SessionStore } from './session-store.ts';
import { toCaller, toSession, type Session } from './session.ts';

const NOBODY: SessionState = { isLoggedIn: false };

/** Browsers that are logged in, each known by the id in its cookie. All methods throw `VaultUnavailable`. */
@Injectable()
export class Sessions extends SessionReader {
  constructor(
    private readonly store: SessionStore,
    private readonly renewal: SessionRenewal,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Fails when no session could be begun now. */
  async ensureReachable(): Promise<void> {
    await this.store.find(newRandomId());
  }

  /**
   * Begins a session under an id that nobody knew before: one that somebody planted in the browser is worth nothing
   * (session fixation). The session of `oldId` ends; its grant does not, not even when it is just being renewed, as
   * servers give one user one grant.
   */
  async begin(tokens: SessionTokens, oldId: string | undefined): Promise<string> {
    if (oldId !== undefined && isRandomId(oldId)) await this.store.supersede(oldId);
    const id = newRandomId();
    await this.store.put(id, toSession(tokens, this.clock.wallTime()));
    return id;
  }

  override async read(id: string): Promise<Caller | undefined> {
    const session = isRandomId(id) ? await this.store.use(id) : undefined;
    const usable = session && (await this.renewal.ensureUsable(id, session));
    return usable && toCaller(usable);
  }

  /**
   * What its user may know of a session. Looking is no use: a page that asks every minute whether somebody is still
   * logged in would keep an abandoned session alive.
   */
  async describe(id: string | undefined): Promise<SessionState> {
    const found = id !== undefined && isRandomId(id) ? await this.store.find(id) : undefined;
    if (found === undefined) return NOBODY;
    const { session, idleLeftMs } = found;
    return {
      isLoggedIn: true,
      subject: session.subject,
      ...(session.name === undefined ? {} : { name: session.name }),
      scopes: session.scopes,
      expiresAt: new Date(this.store.endOf(session)).toISOString(),
      idleExpiresAt: new Date(this.clock.wallTime() + idleLeftMs).toISOString(),
    };
  }

  /**
   * Ends a session here, and says what there was, so that it can be ended at the server, too. It is looked at first: a
   * store that answers too late has done nothing yet when that is noticed.
   */
  async end(id: string | undefined): Promise<Session | undefined> {
    if (id === undefined || !isRandomId(id)) return undefined;
    const found = await this.store.find(id);
    // The newest tokens: it may have been renewed since.
    return found && this.store.take(id);
  }
}
