import type { Secret } from '../../platform/secret.ts';

/** What a renewal brings. What it leaves out stays as it was: `{ ...tokens, ...renewed }`. */
export interface RenewedTokens {
  readonly accessToken: Secret;
  /** How long the access token lives from now on, in ms. */
  readonly accessTokenLifeMs: number;
  /** What the access token allows, when the server says. */
  readonly scopes?: readonly string[];
  /** Replaces the one before: servers end the whole grant when an old one is used again. */
  readonly refreshToken?: Secret;
}

/** What a login brings: who it is, and tokens to act for them. */
export interface SessionTokens extends RenewedTokens {
  readonly issuer: string;
  readonly subject: string;
  /** To greet them with, when the server says. */
  readonly name?: string;
  readonly audience: readonly string[];
  readonly scopes: readonly string[];
}
