import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.ts';
import { isLoopbackHost } from '../../platform/is-loopback-host.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { readHostCookie } from '../authentication/host-cookie.ts';
import { isSameOrigin } from '../authentication/same-origin.ts';
import { isLocal, type Presented } from '../is-local.ts';
import { OperatorLogin } from './operator-login.ts';

/** By what an operator is known: `OPS_TOKEN`, the console's login cookie, or, while there is no `OPS_TOKEN`, this machine. */
export type OperatorProof = 'token' | 'console' | 'local';

/** The gateway knows it as one of ours (`own-cookies.ts`). */
export const OPERATOR_COOKIE = 'console';

const BEARER = /^Bearer +(\S+)$/i;

/** Who the people on call are. */
@Injectable()
export class Operators {
  readonly #login: OperatorLogin | undefined;

  constructor(
    @Inject(serverConfig.KEY) private readonly server: ServerOptions,
    private readonly clock: Clock,
  ) {
    this.#login = server.opsToken && new OperatorLogin(server.opsToken);
  }

  /** False without `OPS_TOKEN`: then who calls from this machine is one, and nobody can log in. */
  get areKnownByToken(): boolean {
    return this.#login !== undefined;
  }

  /** Whether an operator makes this request, or somebody's browser on an operator's behalf: for writes see `isWanted`. */
  isOperator(request: FastifyRequest): boolean {
    return this.proofOf(request) !== undefined;
  }

  /** Never fails, however malformed what is presented is. */
  proofOf(request: Presented): OperatorProof | undefined {
    // A name of others may lead to this machine, too, and then their pages may read our answers (DNS rebinding).
    if (this.#login === undefined)
      return isLocal(request) && isLoopbackHost(request.headers.host) ? 'local' : undefined;
    if (this.hasToken(request)) return 'token';
    return this.loginEndsAt(request) === undefined ? undefined : 'console';
  }

  /**
   * Whether a write is what the operator wants, and not what a page of others makes a browser send: who shows the token does;
   * with the cookie it has to come from our own pages, and on this machine, too, if it comes from a browser.
   */
  isWanted(request: FastifyRequest, proof: OperatorProof): boolean {
    if (proof === 'token') return true;
    const { origin, 'sec-fetch-site': site } = request.headers;
    const isOfBrowser = proof === 'console' || origin !== undefined || site !== undefined;
    return !isOfBrowser || isSameOrigin(request, this.server);
  }

  /** What a browser is to bring from now on; undefined when that is not `OPS_TOKEN`. */
  issueLogin(token: string): string | undefined {
    return this.server.opsToken?.equals(token) ? this.#login?.issue(this.clock.wallTime()) : undefined;
  }

  /** When the login that a request brings ends, by the wall clock in ms; undefined when it brings none. */
  loginEndsAt(request: Presented): number | undefined {
    const login = readHostCookie(OPERATOR_COOKIE, request, this.server);
    return login === undefined ? undefined : this.#login?.endOf(login, this.clock.wallTime());
  }

  private hasToken({ headers }: Presented): boolean {
    const [, token] = BEARER.exec(headers.authorization ?? '') ?? [];
    return token !== undefined && this.server.opsToken!.equals(token);
  }
}
