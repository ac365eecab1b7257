import { Inject, Injectable } from '@nestjs/common';
import type { IntrospectionResponse } from 'oauth4webapi';
import { Clock } from '../../platform/clock.ts';
import { Secret } from '../../platform/secret.ts';
import { AuthorizationOptions } from './authorization-options.ts';
import { AuthorizationClient } from './authorization.client.ts';
import { authorization } from './authorization.provider.ts';
import { toList } from './judge-jwt.ts';
import { accept, refuse, type Judgement } from './judgement.ts';
import { toCaller } from './to-caller.ts';
import { tooManyIntrospections } from './upstream-failures.ts';

const KEEP_MS = 30_000;
const KEEP_REFUSED_MS = 10_000;

type Claims = Readonly<Record<string, unknown>>;

/** What a bearer token may consist of (RFC 6750 §2.1). */
const B64TOKEN = /^[\w\-.~+/]+=*$/;

/** Access tokens of which the server alone knows what they are worth (RFC 7662). */
@Injectable()
export class OpaqueTokens {
  #underWay = 0;

  constructor(
    private readonly client: AuthorizationClient,
    @Inject(authorization.config.KEY) private readonly options: AuthorizationOptions,
    private readonly clock: Clock,
  ) {}

  /** @throws UpstreamError */
  async judge(token: string): Promise<Judgement> {
    if (!B64TOKEN.test(token)) return refuse('malformed');
    const answer = await this.introspect(token);
    if (answer === undefined) return refuse('of a kind that is not accepted');
    const refusal = this.findFault(answer);
    if (refusal !== undefined) return refuse(refusal, KEEP_REFUSED_MS);
    return this.accept(token, answer);
  }

  /** Made-up tokens cost the server a request each: the other half of its permits is for logins and tokens of our own. */
  private async introspect(token: string): Promise<IntrospectionResponse | undefined> {
    if (this.#underWay >= this.options.maxConcurrent / 2) throw tooManyIntrospections();
    this.#underWay += 1;
    try {
      return await this.client.introspect(new Secret(token));
    } finally {
      this.#underWay -= 1;
    }
  }

  private findFault({ active, iss, aud, exp, nbf, ...answer }: IntrospectionResponse): string | undefined {
    const { baseUrl, audience, clockToleranceMs } = this.options;
    const wallTime = this.clock.wallTime();
    if (!active) return 'not active';
    if (!isAccessToken(answer)) return 'not an access token';
    if (iss !== undefined && iss !== baseUrl) return 'of another issuer';
    // One that says nothing may be for the server's own pages, issued to anybody.
    if (!toList(aud).includes(audience)) return 'for another audience';
    if (exp !== undefined && !(exp * 1_000 > wallTime - clockToleranceMs)) return 'expired';
    return nbf !== undefined && !(nbf * 1_000 <= wallTime + clockToleranceMs) ? 'not yet valid' : undefined;
  }

  private accept(token: string, answer: IntrospectionResponse): Judgement {
    const wallTime = this.clock.wallTime();
    const expiresAt = answer.exp === undefined ? wallTime + KEEP_MS : answer.exp * 1_000;
    const caller = toCaller(token, answer, { issuer: this.options.baseUrl ?? '', expiresAt });
    return caller ? accept(caller, wallTime, KEEP_MS) : refuse('malformed', KEEP_REFUSED_MS);
  }
}

/** Refresh tokens are active, too: servers tell them by a missing `token_type`, or by a `token_use` of their own. */
const isAccessToken = ({ token_type, token_use }: Claims): boolean =>
  String(token_type).toLowerCase() === 'bearer' && (token_use === undefined || token_use === 'access_token');
