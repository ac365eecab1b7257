import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { Clock } from '../platform/clock.ts';
import type { RequestContext } from '../platform/context/request-context.ts';
import { DeadlinePassed } from './problems/deadline-passed.ts';
import { InvalidRequest } from './problems/invalid-request.ts';
import { contextOf } from './request-context.hook.ts';

const HEADER = 'x-request-timeout-ms';

/** Lets an upstream call that ran into the same deadline say so itself: its error names the provider. */
const GRACE_MS = 25;

/** Ends a request at its deadline, which `X-Request-Timeout-Ms` can only bring nearer, and stops its work. */
@Injectable()
export class DeadlineInterceptor implements NestInterceptor {
  constructor(private readonly clock: Clock) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const context = contextOf(request);
    const header = request.headers[HEADER];
    if (header !== undefined) context.shortenDeadline(this.clock.now() + toTimeoutMs(header));
    return this.endAtDeadline(next.handle(), context);
  }

  private endAtDeadline(work: Observable<unknown>, context: RequestContext): Observable<unknown> {
    return new Observable((subscriber) => {
      const timeoutMs = Math.max(0, context.deadlineAt - this.clock.now());
      const cancel = this.clock.schedule(() => {
        const passed = new DeadlinePassed(Math.round(timeoutMs));
        context.abort(passed);
        subscriber.error(passed);
      }, timeoutMs + GRACE_MS);
      subscriber.add(cancel);
      subscriber.add(work.subscribe(subscriber));
    });
  }
}

const toTimeoutMs = (header: string | string[]): number => {
  if (typeof header === 'string' && /^[1-9]\d{0,8}$/.test(header)) return Number(header);
  throw new InvalidRequest([{ field: 'X-Request-Timeout-Ms', detail: 'must be a whole number of milliseconds from 1' }]);
};
