import type { Caller } from '../../platform/context/caller.ts';
import type { Secret } from '../../platform/secret.ts';
import type { RenewedTokens, SessionTokens } from '../../providers/authorization/session-tokens.ts';

/** What is kept of a browser that is logged in. Times by the wall clock, in ms: instances share them. */
export interface Session {
  readonly issuer: string;
  readonly subject: string;
  readonly name?: string;
  readonly audience: readonly string[];
  readonly scopes: readonly string[];
  readonly accessToken: Secret;
  readonly refreshToken?: Secret;
  /** When its user logged in. */
  readonly begunAt: number;
  /** When the access token came, and when it ends. */
  readonly tokenIssuedAt: number;
  readonly tokenEndsAt: number;
}

/** A token that has lived this share of its life is due to be replaced. */
const RENEWAL_SHARE = 0.8;

export const toSession = (tokens: SessionTokens, now: number): Session => {
  const { accessTokenLifeMs, ...rest } = tokens;
  return { ...rest, begunAt: now, tokenIssuedAt: now, tokenEndsAt: now + accessTokenLifeMs };
};

/** The same session with new tokens; what the server left out stays as it was (RFC 6749 §6). */
export const withTokens = (session: Session, renewed: RenewedTokens, now: number): Session => {
  const { accessTokenLifeMs, ...rest } = renewed;
  return { ...session, ...rest, tokenIssuedAt: now, tokenEndsAt: now + accessTokenLifeMs };
};

export const isRenewalDue = ({ tokenIssuedAt, tokenEndsAt }: Session, now: number): boolean =>
  now >= tokenIssuedAt + RENEWAL_SHARE * (tokenEndsAt - tokenIssuedAt);

export const toCaller = ({ issuer, subject, audience, scopes, tokenEndsAt, accessToken }: Session): Caller => ({
  issuer,
  subject,
  audience,
  scopes,
  expiresAt: tokenEndsAt,
  token: accessToken,
});
