import { Inject, Injectable, SetMetadata, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { serverConfig } from '../platform/server.config.ts';

const OPERATORS_ONLY = 'operators-only';

/** Marks a controller or handler as one for the people on call. */
export const OperatorsOnly = (): ClassDecorator & MethodDecorator => SetMetadata(OPERATORS_ONLY, true);

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/** Lets in who presents `OPS_TOKEN`; without one configured, only who calls from this machine and through no proxy. */
@Injectable()
export class OperatorsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(serverConfig.KEY) private readonly server: ConfigType<typeof serverConfig>,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (!this.reflector.getAllAndOverride<boolean>(OPERATORS_ONLY, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.isOperator(request)) return true;
    throw new UnauthorizedException('This is for operators: present OPS_TOKEN as a bearer token');
  }

  private isOperator(request: FastifyRequest): boolean {
    const { opsToken } = this.server;
    if (opsToken === undefined) return isLocal(request);
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    return token !== undefined && opsToken.equals(token);
  }
}

const isLocal = ({ raw, headers }: FastifyRequest): boolean =>
  LOOPBACK.test(raw.socket.remoteAddress ?? '') && FORWARDING_HEADERS.every((name) => headers[name] === undefined);
