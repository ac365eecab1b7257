import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { Log } from '../../platform/logging/log.ts';
import { contextOf } from '../request-context.hook.ts';
import { sendProblem } from './send-problem.ts';
import { toProblemParts, toRoutingProblem } from './to-problem.ts';

/** Nothing leaves this application unmapped: whatever was thrown, the caller gets a problem. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const parts = request.routeOptions.url === undefined ? toRoutingProblem(thrown) : toProblemParts(thrown);
    if (parts.code === 'internal' && !(thrown instanceof CallerGone)) {
      const { requestId } = contextOf(request);
      this.log.error({ requestId, error: thrown }, 'A request failed for a reason nobody foresaw');
    }
    sendProblem(request, reply, { parts, thrown });
  }
}
