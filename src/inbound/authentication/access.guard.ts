import { ForbiddenException, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { isCounted } from '../rate-limit/not-counted.ts';
import { RateLimit } from '../rate-limit/rate-limit.ts';
import { contextOf } from '../request-context.hook.ts';
import { accessOf } from './access.ts';
import { Credentials, type Identity } from './credentials.ts';
import { insufficientScope } from './refusals.ts';
import { isSameOrigin } from './same-origin.ts';
import { NO_PROOF } from './same-origin.guard.ts';
import { scopesOf } from './scopes.ts';

/** These change nothing (RFC 9110 §9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

interface Entrance {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly isCounted: boolean;
  readonly scopes: readonly string[];
}

/** Stands before every route: who is not let in by name needs a token or a session. Counts for the rate limit, too. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly credentials: Credentials,
    private readonly limit: RateLimit,
    @Inject(serverConfig.KEY) private readonly server: ServerOptions,
  ) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const [handler, controller] = [execution.getHandler(), execution.getClass()];
    const access = accessOf(handler, controller);
    if (access === 'operators' || (access === 'public' && !this.limit.isOn)) return true;
    const http = execution.switchToHttp();
    const entrance: Entrance = {
      request: http.getRequest<FastifyRequest>(),
      reply: http.getResponse<FastifyReply>(),
      isCounted: this.limit.isOn && isCounted(handler, controller),
      scopes: scopesOf(handler, controller),
    };
    return access === 'public' ? this.count(entrance) : this.admit(entrance);
  }

  private async admit(entrance: Entrance): Promise<boolean> {
    const { request, scopes } = entrance;
    const identity = await this.identify(entrance);
    const { caller, isSession } = identity;
    await this.count(entrance, identity);
    if (isSession && !SAFE_METHODS.has(request.method) && !isSameOrigin(request, this.server))
      throw new ForbiddenException(NO_PROOF);
    if (!scopes.every((scope) => caller.scopes.includes(scope))) throw insufficientScope(scopes);
    const context = contextOf(request);
    context.caller = caller;
    return true;
  }

  /** Who fails is counted by address. */
  private async identify(entrance: Entrance): Promise<Identity> {
    try {
      // Whose address has been refused too often has nobody asked about what it makes up.
      const mayAsk = !entrance.isCounted || !this.limit.isBarred(entrance.request);
      return await this.credentials.identify(entrance.request, mayAsk);
    } catch (error) {
      await this.count(entrance);
      throw error;
    }
  }

  private async count({ request, reply, isCounted: counts }: Entrance, identity?: Identity): Promise<true> {
    if (counts) await this.limit.admit(request, reply, identity?.caller);
    return true;
  }
}
