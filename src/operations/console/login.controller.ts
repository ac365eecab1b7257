import { Body, Controller, ForbiddenException, HttpCode, Post, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../inbound/authentication/access.ts';
import { SameOriginOnly } from '../../inbound/authentication/same-origin.guard.ts';
import { ConsoleLogin } from './console-login.ts';

/** What a browser says of who made it send a form (Fetch Metadata): our own page, or somebody at the keyboard. */
const OWN_SITES: readonly unknown[] = ['same-origin', 'none', undefined];

/** Where operators log in with `OPS_TOKEN`, for the console and all else that is theirs. */
@Public()
@ApiExcludeController()
@Controller({ path: 'console', version: VERSION_NEUTRAL })
export class ConsoleLoginController {
  constructor(private readonly logins: ConsoleLogin) {}

  /** A form without script: it bears no header of ours. Other pages could do no more than use up tries. */
  @Post('login')
  logIn(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    if (!OWN_SITES.includes(request.headers['sec-fetch-site']))
      throw new ForbiddenException('Log in from the page itself');
    return this.logins.begin(body, request, reply);
  }

  /** This browser forgets its login; elsewhere nothing ends. */
  @Post('logout')
  @HttpCode(204)
  @SameOriginOnly()
  logOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.logins.end(request, reply);
  }
}
