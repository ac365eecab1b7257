import {
  applyDecorators,
  ForbiddenException,
  Injectable,
  UnauthorizedException,
  UseGuards,
  UseInterceptors,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AccessFor } from '../authentication/access.ts';
import { isSafeMethod } from '../authentication/is-safe-method.ts';
import { NO_PROOF } from '../authentication/same-origin.guard.ts';
import { ApiProblems } from '../problems/api-problems.ts';
import { AuditInterceptor } from './audit.interceptor.ts';
import { Operators } from './operators.ts';

/** Lets in operators, and writes only if they want them. */
@Injectable()
export class OperatorsGuard implements CanActivate {
  constructor(private readonly operators: Operators) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const proof = this.operators.proofOf(request);
    if (proof === undefined) throw new UnauthorizedException(FOR_OPERATORS);
    if (isSafeMethod(request.method) || this.operators.isWanted(request, proof)) return true;
    throw new ForbiddenException(NO_PROOF);
  }
}

/** All that others are told. */
export const FOR_OPERATORS = 'This is for operators: present OPS_TOKEN as a bearer token';

/** Marks a controller or handler as one for the people on call: it takes no user's token. Their writes are logged. */
export const OperatorsOnly = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    AccessFor('operators'),
    UseGuards(OperatorsGuard),
    UseInterceptors(AuditInterceptor),
    ApiBearerAuth('operators'),
    ApiProblems('unauthorized', 'forbidden'),
  );
