import {
  Controller,
  Get,
  NotFoundException,
  Param,
  Req,
  Res,
  UnauthorizedException,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../inbound/authentication/access.ts';
import { FOR_OPERATORS, OperatorsOnly } from '../../inbound/operators/operators.guard.ts';
import { Operators } from '../../inbound/operators/operators.ts';
import { sendConsole, sendFile, sendLogin } from './console-answers.ts';
import { ConsoleFiles } from './console-files.ts';
import { ConsoleStreams } from './console-streams.ts';

/** The page at `/console`: how the external services do, and what can be done about it. */
@ApiExcludeController()
@Controller({ path: 'console', version: VERSION_NEUTRAL })
export class ConsoleController {
  constructor(
    private readonly operators: Operators,
    private readonly files: ConsoleFiles,
    private readonly streams: ConsoleStreams,
  ) {}

  /** To others it is the login page, which tells nothing; without OPS_TOKEN there is none. */
  @Get()
  @Public()
  getPage(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    if (this.operators.isOperator(request)) return sendConsole(reply, this.files.page);
    if (!this.operators.areKnownByToken) throw new UnauthorizedException(FOR_OPERATORS);
    return sendLogin(reply, this.files.toLoginPage());
  }

  /** All that the login page needs. */
  @Get('login.css')
  @Public()
  getLoginStyle(@Res({ passthrough: true }) reply: FastifyReply): string {
    return this.send('login.css', reply);
  }

  @Get('events')
  @OperatorsOnly()
  @RouteConfig({ streams: { provider: 'console' } })
  listen(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.streams.answer(request, reply);
  }

  @Get(':file')
  @OperatorsOnly()
  getFile(@Param('file') name: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.send(name, reply);
  }

  private send(name: string, reply: FastifyReply): string {
    const file = this.files.find(name);
    if (file === undefined) throw new NotFoundException('There is no such file here');
    return sendFile(reply, file);
  }
}
