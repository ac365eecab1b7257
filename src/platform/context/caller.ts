import type { Secret } from '../secret.ts';

/** Who an authenticated request comes from, as the authorization server says. */
export interface Caller {
  readonly issuer: string;
  /** The user; for a service that acts for itself, its client id. */
  readonly subject: string;
  readonly clientId?: string;
  readonly audience: readonly string[];
  readonly scopes: readonly string[];
  /** When the credential ends, by the wall clock in ms. */
  readonly expiresAt: number;
  /** The access token, to be passed on where a provider declares that. */
  readonly token: Secret;
}
