import { Injectable } from '@nestjs/common';
import { NOT_ASKED, refuse, type Judgement, type Verdict } from './judgement.ts';
import { readJwt } from './jwt-parts.ts';
import { JwtTokens } from './jwt-tokens.ts';
import { OpaqueTokens } from './opaque-tokens.ts';
import { VerdictMemory } from './verdict-memory.ts';

/** What access tokens to our own API are worth: JWTs by their signature, all others by asking the server. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwts: JwtTokens,
    private readonly opaque: OpaqueTokens,
    private readonly memory: VerdictMemory,
  ) {}

  /** False when it is not known whose tokens to take, or for whom they have to be. */
  get isConfigured(): boolean {
    return this.jwts.isConfigured;
  }

  /**
   * @param mayAsk false: what is remembered, and JWTs of known keys; nobody is asked about any other
   * @throws UpstreamError when the server has to be asked and cannot be
   */
  async verify(token: string, { mayAsk = true }: { readonly mayAsk?: boolean } = {}): Promise<Verdict> {
    if (!this.isConfigured) return { refusal: 'there is nobody to verify it' };
    return this.memory.verdictOn(token, () => this.judge(token, mayAsk), mayAsk);
  }

  private async judge(token: string, mayAsk: boolean): Promise<Judgement> {
    const parts = readJwt(token);
    if (parts) return this.jwts.judge(token, parts, mayAsk);
    return mayAsk ? this.opaque.judge(token) : refuse(NOT_ASKED);
  }
}
