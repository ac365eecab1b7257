import { Injectable } from '@nestjs/common';
import type { Judgement, Verdict } from './judgement.ts';
import { readJwt } from './jwt-parts.ts';
import { JwtTokens } from './jwt-tokens.ts';
import { OpaqueTokens } from './opaque-tokens.ts';
import { VerdictMemory } from './verdict-memory.ts';

/** No server issues longer ones: they are not even read. */
const LONGEST_TOKEN = 8_192;

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

  /** @throws UpstreamError when the server has to be asked and cannot be */
  async verify(token: string): Promise<Verdict> {
    if (!this.isConfigured) return { refusal: 'there is nobody to verify it' };
    if (token === '' || token.length > LONGEST_TOKEN) return { refusal: 'malformed' };
    return this.memory.verdictOn(token, () => this.judge(token));
  }

  private judge(token: string): Promise<Judgement> {
    const parts = readJwt(token);
    return parts ? this.jwts.judge(token, parts) : this.opaque.judge(token);
  }
}
