import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { contextOf } from '../request-context.hook.ts';
import { performOnce } from './perform-once.ts';
import type { IdempotentRequests } from './idempotent-requests.ts';
import { isPutOff } from './is-put-off.ts';
import { isRepeatable } from './repeatable.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Of this application. */
    idempotentRequests: IdempotentRequests;
  }
}

/**
 * Makes requests of one caller with one Idempotency-Key one request (draft-ietf-httpapi-idempotency-key-header).
 * It holds nothing, so that it can be put around handlers, which all applications of a process share: see `coverWrites`.
 */
export const idempotencyInterceptor: NestInterceptor = {
  intercept: (execution: ExecutionContext, next: CallHandler): Observable<unknown> | Promise<Observable<unknown>> => {
    const http = execution.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const { caller } = contextOf(request);
    if (request.headers['idempotency-key'] === undefined || caller === undefined) return next.handle();
    const work = (): Promise<unknown> => lastValueFrom(next.handle(), { defaultValue: undefined });
    const requests = request.server.idempotentRequests;
    const mayRepeat = isRepeatable(execution.getHandler()) && !isPutOff(request);
    return performOnce({ requests, request, reply, caller, mayRepeat, work }).then((value) => of(value));
  },
};
