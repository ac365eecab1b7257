import { BadRequestException, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readSessionId, sessionCookieName } from '../../inbound/authentication/session-cookie.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { LoginRefused } from '../../providers/authorization/login-refused.ts';
import type { SessionTokens } from '../../providers/authorization/session-tokens.ts';
import { browserSiteOf } from './browser-site.ts';
import { deleteLoginCookie, readLoginId, writeLoginCookie, writeSessionCookie } from './login-cookies.ts';
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

  /** @throws BadRequestException, UpstreamError, VaultUnavailable */
  async begin(request: FastifyRequest, reply: FastifyReply, returnTo: string): Promise<Redirection> {
    const redirectUri = `${browserSiteOf(request, this.server)}/auth/callback`;
    const login = await this.logins.begin({ redirectUri, returnTo });
    writeLoginCookie(this.toVisit(request, reply), login);
    return { url: login.location, statusCode: 302 };
  }

  /** @throws BadRequestException, UnauthorizedException, UpstreamError, VaultUnavailable */
  async finish(request: FastifyRequest, reply: FastifyReply): Promise<Redirection> {
    const visit = this.toVisit(request, reply);
    const search = new URLSearchParams(request.url.split('?')[1]);
    const state = toState(search);
    if (state === undefined) throw new BadRequestException(NOT_THIS_LOGIN);
    deleteLoginCookie(visit, state);
    const login = await this.logins.take(readLoginId(visit, state), state);
    if (login === undefined) throw new BadRequestException(NOT_THIS_LOGIN);
    const tokens = await this.logins.finish(login, search).catch(refuse);
    const id = await this.sessions.begin(tokens, readSessionId(request, this.server));
    writeSessionCookie(visit, id);
    // See Other: what the browser does next is a GET (RFC 9700 §4.12).
    return { url: login.returnTo, statusCode: 303 };
  }

  private toVisit(request: FastifyRequest, reply: FastifyReply) {
    return { request, reply, sessionCookie: sessionCookieName(request, this.server) };
  }
}

/** A state of ours, and only one: of two, somebody else might read the other. */
const toState = (search: URLSearchParams): string | undefined => {
  const [state, ...more] = search.getAll('state');
  return state !== undefined && more.length === 0 && isRandomId(state) ? state : undefined;
};

const refuse = (error: unknown): Promise<SessionTokens> => {
  throw error instanceof LoginRefused ? new UnauthorizedException(error.message) : error;
};
