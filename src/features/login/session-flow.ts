import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readSessionId, sessionCookieName } from '../../inbound/authentication/session-cookie.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { Farewell } from './farewell.ts';
import { deleteSessionCookie } from './login-cookies.ts';
import type { LoggedOut, SessionState } from './login.dto.ts';
import { Sessions } from './sessions.ts';

/** What a browser may ask of its session, beside being let in. */
@Injectable()
export class SessionFlow {
  constructor(
    @Inject(serverConfig.KEY) private readonly server: ServerOptions,
    private readonly sessions: Sessions,
    private readonly farewell: Farewell,
  ) {}

  /** @throws VaultUnavailable */
  describe(request: FastifyRequest): Promise<SessionState> {
    return this.sessions.describe(readSessionId(request, this.server));
  }

  /**
   * Logs out; who is not logged in is no error.
   * @throws VaultUnavailable: ask again. The session stays, and its grant; or else the store has ended it and only said
   * so too late: then its tokens end by themselves.
   */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<LoggedOut> {
    const session = await this.sessions.end(readSessionId(request, this.server));
    deleteSessionCookie({ request, reply, sessionCookie: sessionCookieName(request, this.server) });
    return this.farewell.say(session);
  }
}
