import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { of, type Observable } from 'rxjs';
import { contextOf } from '../request-context.hook.ts';
import { validateAs } from '../validation/validate-as.ts';
import type { AcceptedCall } from './accepted-call.dto.ts';
import { DEFERRED_OPERATION } from './deferred-operation.ts';
import { Deferral, type DeferrableOperation } from './deferral.ts';
import { prefersAsync } from './prefers-async.ts';
import { readInput } from './read-input.ts';
import { tellAccepted } from './tell-accepted.ts';

/** Puts off what `@MayRespondAsync` marks, for callers who prefer that. Nothing is put off where nothing can do so. */
@Injectable()
export class RespondAsyncInterceptor implements NestInterceptor {
  constructor(@Optional() @Inject(Deferral) private readonly deferral: Deferral | undefined) {}

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = execution.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    addVary(reply);
    const operation = this.find(execution, request);
    if (operation === undefined) return next.handle();
    const call = await this.defer(operation, execution);
    tellAccepted(reply, call.id).header('preference-applied', 'respond-async');
    return of(call);
  }

  private find(execution: ExecutionContext, { raw }: FastifyRequest): DeferrableOperation | undefined {
    if (this.deferral === undefined || !prefersAsync(raw.headersDistinct['prefer'])) return undefined;
    const name = Reflect.getMetadata(DEFERRED_OPERATION, execution.getHandler()) as string;
    const operation = this.deferral.find(name);
    if (operation !== undefined) return operation;
    throw new Error(`@MayRespondAsync names ${name}, which nobody declares with @BackgroundOperation`);
  }

  private async defer({ name, input }: DeferrableOperation, execution: ExecutionContext): Promise<AcceptedCall> {
    const { caller } = contextOf(execution.switchToHttp().getRequest<FastifyRequest>());
    if (caller === undefined) throw new Error('Only routes for users may bear @MayRespondAsync: a call has an owner');
    const id = await this.deferral!.defer(name, await validateAs(input, readInput(execution)), caller);
    return { id, operation: name, state: 'queued' };
  }
}

/** What it answers depends on that header, whatever it says (RFC 9110 §12.5.5). */
const addVary = (reply: FastifyReply): void => {
  const others = reply.getHeader('vary');
  reply.header('vary', [others ?? [], 'Prefer'].flat().join(', '));
};
