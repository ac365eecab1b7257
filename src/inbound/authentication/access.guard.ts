import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isCounted } from '../rate-limit/not-counted.ts';
import { accessOf } from './access.ts';
import { Admission } from './admission.ts';
import { scopesOf } from './scopes.ts';

/** Stands before every route: who is not let in by name needs a token or a session. Counts for the rate limit, too. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly admission: Admission) {}

  /** Reads what the route's marks say; what it means, `Admission` knows. */
  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const [handler, controller] = [execution.getHandler(), execution.getClass()];
    const access = accessOf(handler, controller);
    const { isCounting } = this.admission;
    if (access === 'operators' || (access === 'public' && !isCounting)) return true;
    const http = execution.switchToHttp();
    const admitted = this.admission.admit({
      request: http.getRequest<FastifyRequest>(),
      reply: http.getResponse<FastifyReply>(),
      access,
      isCounted: isCounting && isCounted(handler, controller),
      scopes: scopesOf(handler, controller),
    });
    return admitted === undefined ? true : admitted.then(() => true);
  }
}
