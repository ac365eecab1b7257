import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { AuthorizationClient } from '../../providers/authorization/authorization.client.ts';
import { endGrant } from './end-grant.ts';
import type { LoggedOut } from './login.dto.ts';
import type { Session } from './session.ts';
import { within } from './within.ts';

/** Longest that a browser waits for the authorization server to end what it had. */
const LONGEST_MS = 3_000;

/** What the authorization server is told of a session that has ended here. */
@Injectable()
export class Farewell {
  constructor(
    private readonly authorization: AuthorizationClient,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends the session's tokens at the server, as far as that can be done within 3 s; it goes on when the caller has left.
   * No address to come back to goes along: the server would have to know it, and shows an error page when it does not.
   */
  async say(session: Session | undefined): Promise<LoggedOut> {
    const [logoutUrl] = await Promise.all([
      within(this.clock, LONGEST_MS, () => this.authorization.logoutUrl()),
      session && this.endTokens(session),
    ]);
    return logoutUrl === undefined ? {} : { logoutUrl };
  }

  /** Ends tokens at the server, and waits for that 3 s at most. Never fails. */
  endTokens(tokens: Pick<Session, 'accessToken' | 'refreshToken'>): Promise<void> {
    return within(this.clock, LONGEST_MS, () => endGrant(this.authorization, tokens));
  }
}
