import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tap, type Observable } from 'rxjs';
import { audit } from '../../platform/logging/audit.ts';
import { Log } from '../../platform/logging/log.ts';
import { isSafeMethod } from '../authentication/is-safe-method.ts';
import { toProblemParts } from '../problems/to-problem.ts';
import { contextOf } from '../request-context.hook.ts';
import { Operators } from './operators.ts';
import { toTarget } from './to-target.ts';

/** Writes a line for each write of an operator: what, to what, by what proof, and what came of it. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly operators: Operators,
    private readonly log: Log,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    if (isSafeMethod(request.method)) return next.handle();
    return next.handle().pipe(
      tap({
        complete: () => this.write(request, `done: ${reply.statusCode}`),
        error: (thrown: unknown) => this.write(request, `failed: ${toProblemParts(thrown).code}`),
      }),
    );
  }

  private write(request: FastifyRequest, outcome: string): void {
    const line = {
      operatorAction: `${request.method} ${request.routeOptions.url ?? ''}`,
      target: toTarget(request),
      requestId: contextOf(request).requestId,
      by: this.operators.proofOf(request),
      outcome,
    };
    audit(this.log, line, 'An operator acted');
  }
}
