import {
  applyDecorators,
  Inject,
  Injectable,
  UnauthorizedException,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { serverConfig } from '../platform/server.config.ts';
import { AccessFor } from './authentication/access.ts';
import { isLocal } from './is-local.ts';
import { isLoopbackHost } from '../platform/is-loopback-host.ts';
import { ApiProblems } from './problems/api-problems.ts';

/** Lets in who presents `OPS_TOKEN`; without one configured, only who calls from this machine and through no proxy. */
@Injectable()
export class OperatorsGuard implements CanActivate {
  constructor(@Inject(serverConfig.KEY) private readonly server: ConfigType<typeof serverConfig>) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.isOperator(request)) return true;
    throw new UnauthorizedException('This is for operators: present OPS_TOKEN as a bearer token');
  }

  private isOperator(request: FastifyRequest): boolean {
    const { opsToken } = this.server;
    // A name of others may lead to this machine, too, and then their pages may read our answers (DNS rebinding).
    if (opsToken === undefined) return isLocal(request) && isLoopbackHost(request.headers.host);
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    return token !== undefined && opsToken.equals(token);
  }
}

/** Marks a controller or handler as one for the people on call: it takes no user's token. */
export const OperatorsOnly = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    AccessFor('operators'),
    UseGuards(OperatorsGuard),
    ApiBearerAuth('operators'),
    ApiProblems('unauthorized'),
  );
