import { Inject, Injectable } from '@nestjs/common';
import { stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { audit } from '../../platform/logging/audit.ts';
import { Log } from '../../platform/logging/log.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { HOST_PREFIX, hostCookieName } from '../authentication/host-cookie.ts';
import { contextOf } from '../request-context.hook.ts';
import { LOGIN_LIFETIME_MS } from './operator-login.ts';
import { OPERATOR_COOKIE, Operators } from './operators.ts';

/** Gives browsers the cookie by which `Operators` knows them, and takes it back. */
@Injectable()
export class OperatorSessions {
  constructor(
    private readonly operators: Operators,
    private readonly log: Log,
    @Inject(serverConfig.KEY) private readonly server: ServerOptions,
  ) {}

  /** False without `OPS_TOKEN`: there is nothing to log in with. */
  get areOffered(): boolean {
    return this.operators.areKnownByToken;
  }

  /** False when that is not `OPS_TOKEN`. A line is written either way. */
  begin(token: string, request: FastifyRequest, reply: FastifyReply): boolean {
    const value = this.operators.issueLogin(token);
    if (value !== undefined) write({ request, reply }, this.server, value, LOGIN_LIFETIME_MS);
    const { requestId } = contextOf(request);
    const outcome = value === undefined ? 'failed: wrong token' : 'done: logged in';
    const line = { operatorAction: 'POST /console/login', requestId, outcome };
    audit(this.log, line, 'Somebody logged in as an operator, or tried to');
    return value !== undefined;
  }

  /** Only that browser forgets it. */
  end(request: FastifyRequest, reply: FastifyReply): void {
    write({ request, reply }, this.server, '', 0);
  }
}

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Scripts do not see it, and no other site makes a browser send it. */
const write = ({ request, reply }: Visit, server: ServerOptions, value: string, maxAgeMs: number): void => {
  const name = hostCookieName(OPERATOR_COOKIE, request, server);
  const cookie = {
    name,
    value,
    maxAge: maxAgeMs / 1_000,
    path: '/',
    httpOnly: true,
    secure: name.startsWith(HOST_PREFIX),
  };
  reply.header('set-cookie', stringifySetCookie({ ...cookie, sameSite: 'strict' }));
};
