import { Inject, Injectable, Optional } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/context/caller.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { readBearerToken } from './bearer-token.ts';
import { invalidToken, unauthenticated } from './refusals.ts';
import { readSessionId } from './session-cookie.ts';
import { SessionReader } from './session-reader.ts';
import { TokenVerifier } from './token-verifier.ts';

export interface Identity {
  readonly caller: Caller;
  /** True when a cookie says so, which browsers send along whoever asks. */
  readonly isSession: boolean;
}

/** Finds out who a request comes from. */
@Injectable()
export class Credentials {
  constructor(
    @Inject(serverConfig.KEY) private readonly server: ServerOptions,
    @Optional() private readonly verifier?: TokenVerifier,
    @Optional() private readonly sessions?: SessionReader,
  ) {}

  /** False when no access token is accepted. */
  get isConfigured(): boolean {
    return this.verifier?.isConfigured ?? false;
  }

  /** Whether a request brings anything that could say who it comes from, sound or not. */
  isPresented(request: FastifyRequest): boolean {
    if (request.headers.authorization !== undefined) return true;
    return this.sessions !== undefined && readSessionId(request, this.server) !== undefined;
  }

  /**
   * By its Authorization header; only without any, by its session cookie.
   * @param mayAsk whether the authorization server may be asked about a token that nothing is known of
   * @throws Refusal; UpstreamError, VaultUnavailable when it cannot be found out
   */
  async identify(request: FastifyRequest, mayAsk = true): Promise<Identity> {
    if (request.headers.authorization === undefined) return this.bySession(request);
    if (!this.verifier?.isConfigured)
      throw unauthenticated('No access token is accepted here: set AUTH_ISSUER and AUTH_AUDIENCE');
    const bearer = readBearerToken(request);
    if (bearer === undefined) throw unauthenticated();
    const verdict = 'token' in bearer ? await this.verifier.verify(bearer.token, { mayAsk }) : bearer;
    if ('refusal' in verdict) throw invalidToken(verdict.refusal);
    return { caller: verdict.caller, isSession: false };
  }

  private async bySession(request: FastifyRequest): Promise<Identity> {
    const id = readSessionId(request, this.server);
    if (id === undefined || this.sessions === undefined) throw unauthenticated();
    const caller = await this.sessions.read(id);
    if (caller === undefined) throw unauthenticated('The session has ended: log in again');
    return { caller, isSession: true };
  }
}
