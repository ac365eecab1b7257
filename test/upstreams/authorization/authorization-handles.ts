import type { StandIn } from '../stand-in.ts';
import type { ClientId } from './clients.ts';
import type { EndpointFault } from './endpoint-faults.ts';
import type { AuthorizationRequest } from './request-log.ts';
import type { Signing } from './signed-token.ts';
import type { User } from './users.ts';

/** What `mintToken` asks for. */
export interface WantedToken {
  /** Separated by spaces; what the server does not know it drops. Default: none. */
  readonly scope?: string;
  /** The resource (RFC 8707); null names none, so the token is opaque and bound to nothing. Default: `audience`. */
  readonly audience?: string | null;
  /** Who asks. Default: `robot`. */
  readonly client?: ClientId;
  /** A whole number from 1. Default: what `setAccessTokenTtl` says. */
  readonly lifetimeSeconds?: number;
  /** An opaque token for the audience instead of a JWT. Default: false, unless the stand-in was started otherwise. */
  readonly opaque?: boolean;
}

export interface KeyRotation {
  /** The new key takes the name of the old one. Default: false. */
  readonly keepKid?: boolean;
  /** The old key stays in the JWKS behind the new one; not together with `keepKid`. Default: false. */
  readonly publishOld?: boolean;
}

export interface LogInOptions {
  /** Default: `user`. */
  readonly as?: User;
  /** Cancels the login, which comes back as `error=access_denied`. Default: false. */
  readonly refuse?: boolean;
}

/**
 * A client that logs users in gets a refresh token for the scope `offline_access` together with `prompt=consent` (OIDC
 * Core, section 11), and a JWT for the API only if it names the resource to the token endpoint as well (RFC 8707): else
 * the access token is an opaque one for `/me`. Every code needs PKCE with S256.
 */
export interface AuthorizationStandIn extends StandIn {
  /** The same as `url`; discovery is at `/.well-known/openid-configuration`. */
  readonly issuer: string;
  /** The resource indicator of our own API: tokens for it are JWTs (`at+jwt`, RS256). */
  readonly audience: string;
  /** Another resource that the server knows, with the same scopes: an upstream's, say. */
  readonly otherAudience: string;
  /** The application, with client_secret_basic: `breakwater`. Others: `ClientId`. */
  readonly clientId: ClientId;
  readonly clientSecret: string;
  /** Who can log in: `ash`. */
  readonly user: User;
  /** Somebody else: `misty`. */
  readonly otherUser: User;
  /** The newest requests, oldest first, at most 10,000; those of `mintToken` and `logIn` are in it too. */
  readonly requests: readonly AuthorizationRequest[];

  secretOf(client: ClientId): string;
  /** Lets `breakwater` and `breakwater-post` send users here. `after` default: `login`. */
  allowRedirect(uri: string, after?: 'login' | 'logout'): void;
  /** An access token from the token endpoint, by client credentials. @throws Error what the endpoint said instead */
  mintToken(wanted?: WantedToken): Promise<string>;
  /**
   * A JWT of the test's own making. Claims that are not given are as the server makes them for `robot`
   * (iss aud sub client_id jti iat exp, five minutes); one given as undefined is left out.
   */
  signToken(claims?: Readonly<Record<string, unknown>>, signing?: Signing): Promise<string>;
  /** The current public key, SPKI. */
  publicKeyPem(): string;
  /** New tokens and the JWKS use a new key at once; sessions, grants and opaque tokens survive. */
  rotateKeys(rotation?: KeyRotation): Promise<void>;
  /** Every access token so far is refused from now on: opaque ones are inactive, see `isAccepted` for JWTs. Refresh tokens live on. */
  revokeAllTokens(): void;
  /** Whether a resource of this server takes this access token: signed or known by it, not expired, not revoked. */
  isAccepted(token: string): boolean;
  /** Until called again without a fault. */
  failTokenEndpoint(fault?: EndpointFault): void;
  /** The same for any path (`/jwks`, `/token/introspection`, `/.well-known/openid-configuration`, …). */
  failAt(path: string, fault?: EndpointFault): void;
  /** Of access tokens issued from now on, a whole number from 1. At first 600. */
  setAccessTokenTtl(seconds: number): void;
  /**
   * Walks from the authorization endpoint through login and consent as a browser does that was never here before.
   * Resolves to the address of the callback, code and state included, without calling it.
   * @throws Error when the server shows an error page instead
   */
  logIn(authorizationUrl: string, options?: LogInOptions): Promise<string>;
}
