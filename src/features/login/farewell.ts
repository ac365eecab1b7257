import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import { AuthorizationClient } from '../../providers/authorization/authorization.client.ts';
import { endGrant } from './end-grant.ts';
import type { LoggedOut } from './login.dto.ts';
import type { Session } from './session.ts';

/** Longest that a browser waits for the authorization server when it logs out. */
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
      this.within(() => this.authorization.logoutUrl()),
      this.within(async () => session && endGrant(this.authorization, session)),
    ]);
    return logoutUrl === undefined ? {} : { logoutUrl };
  }

  /** Undefined when it takes too long or fails. */
  private within<T>(work: () => Promise<T>): Promise<T | undefined> {
    return new Promise((resolve) => {
      const cancel = this.clock.schedule(() => resolve(undefined), LONGEST_MS);
      const giveUp = (): void => resolve(undefined);
      outsideContext(work).finally(cancel).then(resolve, giveUp);
    });
  }
}
