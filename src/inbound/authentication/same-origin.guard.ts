import {
  applyDecorators,
  ForbiddenException,
  Inject,
  Injectable,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { ApiProblems } from '../problems/api-problems.ts';
import { isSameOrigin } from './same-origin.ts';

export const NO_PROOF =
  'A write with a cookie has to come from our own pages: send X-Requested-With, from this origin or a listed one';

/** Lets in what `isSameOrigin` takes for our own. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  constructor(@Inject(serverConfig.KEY) private readonly server: ServerOptions) {}

  canActivate(context: ExecutionContext): boolean {
    if (isSameOrigin(context.switchToHttp().getRequest<FastifyRequest>(), this.server)) return true;
    throw new ForbiddenException(NO_PROOF);
  }
}

/** For public routes that act upon a cookie; others are guarded already. */
export const SameOriginOnly = (): ClassDecorator & MethodDecorator =>
  applyDecorators(UseGuards(SameOriginGuard), ApiProblems('forbidden'));
