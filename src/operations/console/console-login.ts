import { Injectable, UnauthorizedException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FOR_OPERATORS } from '../../inbound/operators/operators.guard.ts';
import { OperatorSessions } from '../../inbound/operators/operator-sessions.ts';
import { TooManyRequests } from '../../inbound/problems/too-many-requests.ts';
import { sendLogin } from './console-answers.ts';
import { ConsoleFiles } from './console-files.ts';
import { LoginTries } from './login-tries.ts';

/** What a form of ours has; a browser sends what people paste. */
const readToken = (body: unknown): string => {
  const token = (body as { readonly token?: unknown } | null | undefined)?.token;
  return typeof token === 'string' ? token.trim() : '';
};

/** Logs operators in and out. */
@Injectable()
export class ConsoleLogin {
  constructor(
    private readonly sessions: OperatorSessions,
    private readonly tries: LoginTries,
    private readonly files: ConsoleFiles,
  ) {}

  /** On to the console with a cookie, or the page once more. @throws UnauthorizedException when there is no OPS_TOKEN */
  async begin(body: unknown, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    if (!this.sessions.areOffered) throw new UnauthorizedException(FOR_OPERATORS);
    const delayedMs = await this.countTry(request, reply);
    if (delayedMs !== undefined) {
      reply.code(429).header('retry-after', Math.ceil(delayedMs / 1_000));
      return sendLogin(reply, this.files.toLoginPage('Too many tries: wait a minute.'));
    }
    if (!this.sessions.begin(readToken(body), request, reply)) {
      reply.code(401);
      return sendLogin(reply, this.files.toLoginPage('That is not the token.'));
    }
    reply.code(303).headers({ location: '/console', 'cache-control': 'no-store' });
    return '';
  }

  end(request: FastifyRequest, reply: FastifyReply): void {
    this.sessions.end(request, reply);
  }

  /** How long to wait before the next one, in ms; undefined when this one counts. */
  private async countTry(request: FastifyRequest, reply: FastifyReply): Promise<number | undefined> {
    try {
      await this.tries.count(request, reply);
      return undefined;
    } catch (thrown) {
      if (thrown instanceof TooManyRequests) return thrown.retryAfterMs;
      throw thrown;
    }
  }
}
