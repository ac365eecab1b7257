import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import { AuthorizationClient } from '../../providers/authorization/authorization.client.ts';
import { GrantEnded } from '../../providers/authorization/grant-ended.ts';
import { saveRenewed } from './save-renewed.ts';
import { SessionStore } from './session-store.ts';
import { isRenewalDue, withTokens, type Session } from './session.ts';
import { within } from './within.ts';

/** A token so close to its end may not arrive anywhere in time: its successor is waited for. */
const LAST_MOMENT_MS = 2_000;

/** Longest that the application waits for renewals when it stops. */
const STOP_AFTER_MS = 5_000;

/**
 * Replaces access tokens before they end: one renewal of a session at a time, here and among all instances that share a
 * vault. It belongs to no request, so that a caller who hangs up does not take a rotated refresh token along.
 *
 * Refresh tokens work once. If this process dies between the server's answer and saving it, or the answer is lost on its
 * way, the session is left with one that is spent; the next renewal shows it to the server, which takes it for stolen
 * and ends the grant (RFC 9700 §4.14.2), and so the session ends.
 */
@Injectable()
export class SessionRenewal implements OnApplicationShutdown {
  readonly #underWay = new Map<string, Promise<Session | undefined>>();

  constructor(
    private readonly store: SessionStore,
    private readonly authorization: AuthorizationClient,
    private readonly clock: Clock,
  ) {}

  /**
   * The session with an access token that lives; undefined when the server has ended it.
   * While the old token lives, nobody waits for the new one, nor fails for want of it.
   * @throws UpstreamError, VaultUnavailable
   */
  async ensureUsable(id: string, session: Session): Promise<Session | undefined> {
    if (session.refreshToken === undefined || !isRenewalDue(session, this.clock.wallTime())) return session;
    const renewed = this.renew(id);
    if (this.lives(session, LAST_MOMENT_MS)) {
      renewed.catch(() => undefined);
      return session;
    }
    try {
      return await renewed;
    } catch (error) {
      if (this.lives(session)) return session;
      throw error;
    }
  }

  /**
   * Waits for renewals under way, 5 s at most: what they bring cannot be had again. Runs when no request is in flight any
   * more, so that none begins after it, and before the modules that this one imports close their connections.
   */
  async onApplicationShutdown(): Promise<void> {
    await within(this.clock, STOP_AFTER_MS, () => Promise.allSettled(this.#underWay.values()));
  }

  private lives({ tokenEndsAt }: Session, forMs = 0): boolean {
    return tokenEndsAt - forMs > this.clock.wallTime();
  }

  private renew(id: string): Promise<Session | undefined> {
    const underWay = this.#underWay.get(id);
    if (underWay) return underWay;
    const renewed = outsideContext(() => this.store.inTurn(id, () => this.renewInTurn(id))).finally(() =>
      this.#underWay.delete(id),
    );
    this.#underWay.set(id, renewed);
    return renewed;
  }

  private async renewInTurn(id: string): Promise<Session | undefined> {
    const session = (await this.store.find(id))?.session;
    // Gone, or somebody else was quicker.
    if (!session?.refreshToken || !isRenewalDue(session, this.clock.wallTime())) return session;
    const { store, authorization, clock } = this;
    try {
      const renewed = await authorization.refresh(session.refreshToken, session.subject);
      return await saveRenewed({ store, authorization, clock }, id, withTokens(session, renewed, clock.wallTime()));
    } catch (error) {
      if (!(error instanceof GrantEnded)) throw error;
      await store.delete(id);
      return undefined;
    }
  }
}
