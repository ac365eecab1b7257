import { Controller, Get, Header, HttpCode, Post, Query, Redirect, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiFoundResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../inbound/authentication/access.ts';
import { SameOriginOnly } from '../../inbound/authentication/same-origin.guard.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { LoginFlow, type Redirection } from './login-flow.ts';
import { LoggedOut, LoginQuery, SessionState } from './login.dto.ts';
import { SessionFlow } from './session-flow.ts';

const NO_STORE = ['cache-control', 'no-store'] as const;

/** Login for browsers: they get a session cookie, and never see a token. */
@ApiTags('login')
@Public()
@Controller({ path: 'auth', version: VERSION_NEUTRAL })
export class LoginController {
  constructor(
    private readonly logins: LoginFlow,
    private readonly sessions: SessionFlow,
  ) {}

  @Get('login')
  @Header(...NO_STORE)
  @Redirect()
  @ApiOperation({ summary: 'Log in: visit it with a browser' })
  @ApiFoundResponse({ description: 'On to the authorization server.' })
  @ApiProblems('invalid_request', 'unavailable', 'upstream')
  logIn(
    @Query() { returnTo }: LoginQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Redirection> {
    return this.logins.begin(request, reply, returnTo);
  }

  @Get('callback')
  @Header(...NO_STORE)
  @Redirect()
  @ApiOperation({ summary: 'Where the authorization server sends a browser back to' })
  @ApiResponse({ status: 303, description: 'Logged in: a session cookie, and on to `returnTo`.' })
  @ApiProblems('invalid_request', 'unauthorized', 'unavailable', 'upstream')
  comeBack(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Redirection> {
    return this.logins.finish(request, reply);
  }

  @Post('logout')
  @HttpCode(200)
  @Header(...NO_STORE)
  @SameOriginOnly()
  @ApiOperation({ summary: 'Log out, here and, as far as it can be reached, at the authorization server' })
  @ApiHeader({ name: 'X-Requested-With', required: true, description: 'Anything: no other site can send it.' })
  @ApiOkResponse({ type: LoggedOut })
  @ApiProblems('unavailable')
  logOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<LoggedOut> {
    return this.sessions.end(request, reply);
  }

  @Get('session')
  @Header(...NO_STORE)
  @ApiOperation({ summary: 'Whether this browser is logged in, who it is and for how long; does not count as a use' })
  @ApiOkResponse({ type: SessionState })
  @ApiProblems('unavailable')
  describeSession(@Req() request: FastifyRequest): Promise<SessionState> {
    return this.sessions.describe(request);
  }
}
