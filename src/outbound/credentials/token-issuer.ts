import type { Secret } from '../../platform/secret.ts';

/** What a client credentials grant is to allow. */
export interface TokenRequest {
  /** Scopes, separated by spaces. */
  readonly scope?: string | undefined;
  /** For whom the token is: a resource indicator (RFC 8707). */
  readonly audience?: string | undefined;
}

export interface IssuedToken {
  readonly value: Secret;
  /** How long it lives from now on, in ms. */
  readonly lifeMs: number;
  /** What was granted; undefined when the answer does not say: then it is what was asked for (RFC 6749 §5.1). */
  readonly scopes: readonly string[] | undefined;
}

/** Issues access tokens to this application itself. `app.module.ts` binds it to the authorization server. */
export abstract class TokenIssuer {
  /** Issuer and client in one text: with what is asked for, it says whom a token stands for. */
  abstract readonly client: string;

  /** Known to this client and the issuer alone; what is kept of a token is sealed with it. */
  abstract readonly clientSecret: Secret;

  /** @throws UpstreamError; `not_configured` without an authorization server or client */
  abstract issue(request: TokenRequest): Promise<IssuedToken>;
}
