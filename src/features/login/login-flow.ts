import { BadRequestException, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readSessionId, sessionCookieName } from '../../inbound/authentication/session-cookie.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { LoginRefused } from '../../providers/authorization/login-refused.ts';
import type { SessionTokens } from '../../providers/authorization/session-tokens.ts';
import { browserSiteOf } from './browser-site.ts';
import {
  deleteLoginCookie,
  readLoginCookie,
  writeLoginCookie,
  writeSessionCookie,
  type Visit,
} from './login-cookies.ts';
import type { Login } from './login-text.ts';
import { Logins } from './logins.ts';
import { isRandomId } from './random-id.ts';
import { Sessions } from './sessions.ts';

/** Where to send a browser, and how. */
export interface Redirection {
  readonly url: string;
  readonly statusCode: number;
}

const NOT_THIS_LOGIN =
  'This is not the end of a login that this browser has begun, or it was over before: begin again at /auth/login';

/** The way of a browser to the authorization server and back. */
@Injectable()
export class LoginFlow {
  constructor(
    @Inject(serverConfig.KEY) private readonly server: ServerOptions,
    private readonly logins: Logins,
    private readonly sessions: Sessions,
  ) {}

  /** @throws BadRequestException, UpstreamError */
  async begin(request: FastifyRequest, reply: FastifyReply, returnTo: string): Promise<Redirection> {
    const redirectUri = `${browserSiteOf(request, this.server)}/auth/callback`;
    const login = await this.logins.begin({ redirectUri, returnTo });
    writeLoginCookie(this.toVisit(request, reply), login);
    return { url: login.location, statusCode: 302 };
  }

  /**
   * After an UpstreamError, or a VaultUnavailable before the code was spent, the browser may come back once more.
   * @throws BadRequestException, UnauthorizedException, UpstreamError, VaultUnavailable
   */
  async finish(request: FastifyRequest, reply: FastifyReply): Promise<Redirection> {
    const visit = this.toVisit(request, reply);
    const search = new URLSearchParams(request.url.split('?')[1]);
    const state = toState(search);
    if (state === undefined) throw new BadRequestException(NOT_THIS_LOGIN);
    const login = this.logins.open(readLoginCookie(visit, state), state);
    if (login === undefined) throw new BadRequestException(NOT_THIS_LOGIN);
    // A code works once: it is not spent for a session that cannot be stored.
    await this.sessions.ensureReachable();
    const tokens = await this.exchange(visit, login, search);
    writeSessionCookie(visit, await this.beginSession(request, tokens));
    // See Other: what the browser does next is a GET (RFC 9700 §4.12).
    return { url: login.returnTo, statusCode: 303 };
  }

  /** Once the server has decided, the login is over. */
  private async exchange(visit: Visit, login: Login, search: URLSearchParams): Promise<SessionTokens> {
    try {
      const tokens = await this.logins.finish(login, search);
      deleteLoginCookie(visit, login.state);
      return tokens;
    } catch (error) {
      if (!(error instanceof LoginRefused)) throw error;
      deleteLoginCookie(visit, login.state);
      throw new UnauthorizedException(error.message);
    }
  }

  private async beginSession(request: FastifyRequest, tokens: SessionTokens): Promise<string> {
    try {
      return await this.sessions.begin(tokens, readSessionId(request, this.server));
    } catch (error) {
      await this.logins.giveUp(tokens);
      throw error;
    }
  }

  private toVisit(request: FastifyRequest, reply: FastifyReply): Visit {
    return { request, reply, sessionCookie: sessionCookieName(request, this.server) };
  }
}

/** A state of ours, and only one: of two, somebody else might read the other. */
const toState = (search: URLSearchParams): string | undefined => {
  const [state, ...more] = search.getAll('state');
  return state !== undefined && more.length === 0 && isRandomId(state) ? state : undefined;
};
