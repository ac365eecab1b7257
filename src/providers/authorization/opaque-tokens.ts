import { Inject, Injectable } from '@nestjs/common';
import type { IntrospectionResponse } from 'oauth4webapi';
import { Clock } from '../../platform/clock.ts';
import { Secret } from '../../platform/secret.ts';
import { AuthorizationOptions } from './authorization-options.ts';
import { AuthorizationClient } from './authorization.client.ts';
import { authorization } from './authorization.provider.ts';
import { findMisuse } from './find-misuse.ts';
import { isTime, toList } from './judge-jwt.ts';
import { accept, refuse, type Judgement } from './judgement.ts';
import { clientIdIn, toCaller } from './to-caller.ts';
import { ErrorAnswer } from './upstream-failures.ts';

const KEEP_MS = 30_000;
const KEEP_REFUSED_MS = 10_000;

type Claims = Readonly<Record<string, unknown>>;

/** Access tokens of which the server alone knows what they are worth (RFC 7662). */
@Injectable()
export class OpaqueTokens {
  constructor(
    private readonly client: AuthorizationClient,
    @Inject(authorization.config.KEY) private readonly options: AuthorizationOptions,
    private readonly clock: Clock,
  ) {}

  /** @throws UpstreamError */
  async judge(token: string): Promise<Judgement> {
    const answer = await this.introspect(token);
    if (answer === undefined) return refuse('of a kind that is not accepted');
    const refusal = this.findFault(answer);
    if (refusal !== undefined) return refuse(refusal, KEEP_REFUSED_MS);
    return this.accept(token, answer);
  }

  private async introspect(token: string): Promise<IntrospectionResponse | undefined> {
    try {
      return await this.client.introspect(new Secret(token));
    } catch (error) {
      // Some servers take what looks like a JWT to them, and to us does not, for nothing to introspect.
      if (error instanceof ErrorAnswer && error.error === 'unsupported_token_type') return undefined;
      throw error;
    }
  }

  private findFault({ active, iss, aud, exp, nbf, ...answer }: IntrospectionResponse): string | undefined {
    const { baseUrl, audience, clockToleranceMs } = this.options;
    const wallTime = this.clock.wallTime();
    if (!active) return 'not active';
    if (!isAccessToken(answer)) return 'not an access token';
    const misuse = findMisuse(answer);
    if (misuse !== undefined) return misuse;
    if (iss !== undefined && iss !== baseUrl) return 'of another issuer';
    // One that says nothing may be for the server's own pages, issued to anybody.
    if (!toList(aud).includes(audience)) return 'for another audience';
    if (exp !== undefined && !(isTime(exp) && exp * 1_000 > wallTime - clockToleranceMs)) return 'expired';
    return nbf !== undefined && !(nbf * 1_000 <= wallTime + clockToleranceMs) ? 'not yet valid' : undefined;
  }

  private accept(token: string, answer: IntrospectionResponse): Judgement {
    const wallTime = this.clock.wallTime();
    const expiresAt = answer.exp === undefined ? wallTime + KEEP_MS : answer.exp * 1_000;
    const caller = toCaller(token, withSubject(answer), { issuer: this.options.baseUrl ?? '', expiresAt });
    return caller ? accept(caller, wallTime, KEEP_MS) : refuse('malformed', KEEP_REFUSED_MS);
  }
}

/** Introspection need not name a subject (RFC 7662 §2.2): a client that acts for itself has no other. */
const withSubject = (answer: Claims): Claims =>
  answer['sub'] === undefined && answer['username'] === undefined ? { ...answer, sub: clientIdIn(answer) } : answer;

/** Refresh tokens are active, too: servers tell them by a missing `token_type`, or by a `token_use` of their own. */
const isAccessToken = ({ token_type, token_use }: Claims): boolean =>
  String(token_type).toLowerCase() === 'bearer' && (token_use === undefined || token_use === 'access_token');
