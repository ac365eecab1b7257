import { Secret } from '../../src/platform/secret.ts';
import type { AuthorizationClient } from '../../src/providers/authorization/authorization.client.ts';
import type { RenewedTokens, SessionTokens } from '../../src/providers/authorization/session-tokens.ts';

/** Of every access token it hands out. */
export const TOKEN_LIFE_MS = 600_000;

export const tokensOf = (name: string): SessionTokens => ({
  issuer: 'https://login.example.com',
  subject: 'user-1',
  name: 'Ada',
  audience: ['https://api.example.com'],
  scopes: ['pokemon:read'],
  accessToken: new Secret(`access-${name}`),
  accessTokenLifeMs: TOKEN_LIFE_MS,
  refreshToken: new Secret(`refresh-${name}`),
});

const renewedOf = (name: string): RenewedTokens => ({
  accessToken: new Secret(`access-${name}`),
  accessTokenLifeMs: TOKEN_LIFE_MS,
  refreshToken: new Secret(`refresh-${name}`),
});

/** An authorization server in the hand of a test, for what one on a socket does only by chance. */
export class ScriptedAuthorization {
  /** Refresh tokens that came, in order. */
  readonly refreshed: string[] = [];
  readonly revoked: string[] = [];
  /** What a renewal comes to; resolves at first with tokens numbered from 1. */
  onRefresh: (number: number) => Promise<RenewedTokens> = (number) => Promise.resolve(renewedOf(String(number)));
  onRevoke: () => Promise<void> = () => Promise.resolve();
  onLogoutUrl: () => Promise<string | undefined> = () => Promise.resolve('https://login.example.com/end');

  refresh(token: Secret): Promise<RenewedTokens> {
    return this.onRefresh(this.refreshed.push(token.reveal()));
  }

  revoke(token: Secret): Promise<void> {
    this.revoked.push(token.reveal());
    return this.onRevoke();
  }

  logoutUrl(): Promise<string | undefined> {
    return this.onLogoutUrl();
  }

  /** As what it stands in for. */
  get client(): AuthorizationClient {
    return this as unknown as AuthorizationClient;
  }
}
