import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { AuthorizationOptions } from './authorization-options.ts';
import { authorization } from './authorization.provider.ts';
import { judgeJwt } from './judge-jwt.ts';
import { accept, refuse, type Judgement } from './judgement.ts';
import type { JwtParts } from './jwt-parts.ts';
import { NotVerified } from './not-verified.ts';
import { Signatures } from './signatures.ts';
import { toCaller } from './to-caller.ts';

/** Verifying costs more than looking up. */
const KEEP_MS = 60_000;

/** Access tokens that say themselves what they are worth (RFC 9068). */
@Injectable()
export class JwtTokens {
  constructor(
    private readonly signatures: Signatures,
    @Inject(authorization.config.KEY) private readonly options: AuthorizationOptions,
    private readonly clock: Clock,
  ) {}

  /** Whether it is known whose tokens to take, and for whom they have to be. */
  get isConfigured(): boolean {
    return this.options.baseUrl !== undefined && this.options.audience !== undefined;
  }

  /** @throws UpstreamError when keys have to be fetched and cannot be */
  async judge(token: string, parts: JwtParts, mayAsk: boolean): Promise<Judgement> {
    const { audience = '', baseUrl: issuer = '' } = this.options;
    const refusal = judgeJwt(parts, this.options, this.clock.wallTime());
    if (refusal !== undefined) return refuse(refusal);
    try {
      const claims = await this.signatures.verify(token, audience, mayAsk);
      const caller = toCaller(token, claims, { issuer, expiresAt: claims.exp! * 1_000 });
      return caller ? accept(caller, this.clock.wallTime(), KEEP_MS) : refuse('malformed');
    } catch (error) {
      if (error instanceof NotVerified) return refuse(error.refusal);
      throw error;
    }
  }
}
