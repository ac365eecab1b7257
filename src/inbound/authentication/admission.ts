import { ForbiddenException, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/context/caller.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { RateLimit } from '../rate-limit/rate-limit.ts';
import { contextOf } from '../request-context.hook.ts';
import { upgradeOf } from '../upgrades.ts';
import type { Access } from './access.ts';
import { Credentials, type Identity } from './credentials.ts';
import { isSafeMethod } from './is-safe-method.ts';
import { insufficientScope } from './refusals.ts';
import { isFromOurPages, isSameOrigin } from './same-origin.ts';
import { NO_PROOF } from './same-origin.guard.ts';

/** A request that wants in, and what the route asks of it. */
export interface Entrance {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** `operators` is for `OperatorsGuard` to decide: nothing is asked here. */
  readonly access: Access;
  /** What a user needs all of. */
  readonly scopes: readonly string[];
  /** Whether it counts for `RATE_LIMIT`. */
  readonly isCounted: boolean;
  /** A limit of the route's own, beside that. Default none. */
  readonly ownLimit?: RateLimit | undefined;
  /** A session cookie is not enough, as browsers send it whoever asks. So it is anyway for writes and upgrades. */
  readonly isUnsafe?: boolean;
}

/** Decides who may enter, and counts who tries. */
@Injectable()
export class Admission {
  constructor(
    private readonly credentials: Credentials,
    private readonly limit: RateLimit,
    @Inject(serverConfig.KEY) private readonly server: ServerOptions,
  ) {}

  /** False when there is no `RATE_LIMIT`. */
  get isCounting(): boolean {
    return this.limit.isOn;
  }

  /**
   * Lets a request in, its caller known to its context from then on; undefined, at once, when there is nothing to do.
   * Rejects with Refusal, ForbiddenException, TooManyRequests; UpstreamError, VaultUnavailable when it cannot be found out.
   */
  admit(entrance: Entrance): undefined | Promise<void> {
    if (entrance.access === 'operators') return undefined;
    if (entrance.access === 'token') return this.enter(entrance);
    return this.isDefaultCounted(entrance) || entrance.ownLimit?.isOn ? this.count(entrance) : undefined;
  }

  /**
   * Who makes a request to a public route, if it says so, known to its context from then on; undefined when it does not.
   * @throws Refusal when what it says is wrong; UpstreamError, VaultUnavailable when it cannot be found out
   */
  async find(request: FastifyRequest): Promise<Caller | undefined> {
    if (!this.credentials.isPresented(request)) return undefined;
    const { caller } = await this.credentials.identify(request, !this.limit.isBarred(request));
    return (contextOf(request).caller = caller);
  }

  private async enter(entrance: Entrance): Promise<void> {
    const { request, scopes } = entrance;
    const { caller, isSession } = await this.identify(entrance);
    await this.count(entrance, caller);
    if (isSession && !this.isProven(entrance)) throw new ForbiddenException(NO_PROOF);
    if (!scopes.every((scope) => caller.scopes.includes(scope))) throw insufficientScope(scopes);
    contextOf(request).caller = caller;
  }

  /** Cross-site WebSocket hijacking is a GET, too. */
  private isProven({ request, isUnsafe }: Entrance): boolean {
    if (upgradeOf(request.raw) !== undefined) return isFromOurPages(request, this.server);
    const needsProof = isUnsafe === true || !isSafeMethod(request.method);
    return !needsProof || isSameOrigin(request, this.server);
  }

  /** Who fails is counted by address. */
  private async identify(entrance: Entrance): Promise<Identity> {
    try {
      // Whose address has been refused too often has nobody asked about what it makes up.
      return await this.credentials.identify(entrance.request, !this.isBarred(entrance));
    } catch (error) {
      await this.count(entrance);
      throw error;
    }
  }

  private isBarred(entrance: Entrance): boolean {
    const { request, ownLimit } = entrance;
    return (this.isDefaultCounted(entrance) && this.limit.isBarred(request)) || ownLimit?.isBarred(request) === true;
  }

  private async count(entrance: Entrance, caller?: Caller): Promise<void> {
    const { request, reply, ownLimit } = entrance;
    if (this.isDefaultCounted(entrance)) await this.limit.admit(request, reply, caller);
    if (ownLimit?.isOn) await ownLimit.admit(request, reply, caller);
  }

  private isDefaultCounted({ isCounted }: Entrance): boolean {
    return isCounted && this.limit.isOn;
  }
}
