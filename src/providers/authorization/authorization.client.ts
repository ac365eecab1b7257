import { Inject, Injectable } from '@nestjs/common';
import * as oauth from 'oauth4webapi';
import type { IssuedToken, TokenIssuer, TokenRequest } from '../../outbound/index.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import type { Secret } from '../../platform/secret.ts';
import { audienceParameters, ownAudienceParameters } from './audience-parameters.ts';
import { AuthorizationOptions } from './authorization-options.ts';
import { authorization } from './authorization.provider.ts';
import { toAuthorizationUrl } from './authorization-url.ts';
import { Endpoints } from './endpoints.ts';
import { finishLogin, type LoginParts } from './finish-login.ts';
import type { LoginAnswered, LoginBegun } from './login-steps.ts';
import { refreshTokens } from './refresh-tokens.ts';
import type { RenewedTokens, SessionTokens } from './session-tokens.ts';
import { Signatures } from './signatures.ts';
import { toIssuedToken } from './to-tokens.ts';
import { ErrorAnswer, invalidAnswer, notConfigured } from './upstream-failures.ts';

/** What the authorization server does for us. All throw `UpstreamError`; `not_configured` without a server or client. */
@Injectable()
export class AuthorizationClient implements TokenIssuer {
  /** Kinds of tokens that the server has said it cannot take back, such as JWTs (RFC 7009 §2.2.1): it is not asked again. */
  readonly #irrevocable = new Set<string>();

  constructor(
    private readonly endpoints: Endpoints,
    private readonly signatures: Signatures,
    @Inject(authorization.config.KEY) private readonly options: AuthorizationOptions,
  ) {}

  /** Issuer and client in one text. */
  get client(): string {
    return JSON.stringify([this.options.baseUrl ?? '', this.options.clientId ?? '']);
  }

  get clientSecret(): Secret {
    const { clientSecret } = this.options;
    if (clientSecret) return clientSecret;
    throw notConfigured('getToken', 'there is no AUTH_CLIENT_SECRET');
  }

  /** A token for this application itself (RFC 6749 §4.4). */
  issue({ scope, audience }: TokenRequest): Promise<IssuedToken> {
    const parameters = {
      ...(scope === undefined ? {} : { scope }),
      ...audienceParameters(audience, this.options.audienceParameter),
    };
    return this.endpoints.ask({
      operation: 'getToken',
      endpoint: 'token_endpoint',
      send: ({ server, client, auth, how }) =>
        oauth.clientCredentialsGrantRequest(server, client, auth, parameters, how),
      read: async (response, { server, client }) =>
        toIssuedToken(await oauth.processClientCredentialsResponse(server, client, response)),
    });
  }

  /** What an access token is worth (RFC 7662); undefined when we cannot ask: no such endpoint, or we are no client. */
  async introspect(token: Secret): Promise<oauth.IntrospectionResponse | undefined> {
    const operation = 'introspect';
    const endpoint = 'introspection_endpoint';
    if (this.options.clientId === undefined || !(await this.endpoints.has(endpoint, operation))) return undefined;
    const additionalParameters = { token_type_hint: 'access_token' };
    return this.endpoints.ask({
      operation,
      endpoint,
      send: ({ server, client, auth, how }) =>
        oauth.introspectionRequest(server, client, auth, token.reveal(), { ...how, additionalParameters }),
      read: (response, { server, client }) => oauth.processIntrospectionResponse(server, client, response),
    });
  }

  /** Ends a token (RFC 7009); with a refresh token also what came of it. Does nothing where the server cannot. */
  async revoke(token: Secret, hint: 'access_token' | 'refresh_token'): Promise<void> {
    const operation = 'revoke';
    const endpoint = 'revocation_endpoint';
    if (this.#irrevocable.has(hint) || !(await this.endpoints.has(endpoint, operation))) return;
    const additionalParameters = { token_type_hint: hint };
    const asked = this.endpoints.ask({
      operation,
      endpoint,
      send: ({ server, client, auth, how }) =>
        oauth.revocationRequest(server, client, auth, token.reveal(), { ...how, additionalParameters }),
      read: () => Promise.resolve(),
    });
    await asked.catch((error: unknown) => {
      if (!(error instanceof ErrorAnswer) || error.error !== 'unsupported_token_type') throw error;
      this.#irrevocable.add(hint);
    });
  }

  /** Where to send the browser to log in: authorization code with PKCE (S256). */
  async beginLogin(login: LoginBegun): Promise<string> {
    const operation = 'exchangeCode';
    const parties = await this.endpoints.parties(operation);
    const endpoint = await this.endpoints.page('authorization_endpoint', operation);
    if (endpoint === undefined) throw invalidAnswer(operation, 'the server names no authorization_endpoint');
    const audience = ownAudienceParameters(this.options);
    return toAuthorizationUrl(endpoint, parties, login, { scope: this.options.scope, audience });
  }

  /**
   * What the browser came back with, turned into tokens. A code works once.
   * @throws LoginRefused when it does not belong to that login, or the server refused it
   */
  finishLogin(login: LoginAnswered): Promise<SessionTokens> {
    return finishLogin(this.parts, login);
  }

  /**
   * New tokens for old. Only one may be under way for one refresh token; once sent it goes on although its request is
   * over, for the old token is used up then.
   * @param subject whom the tokens stand for; an answer for anybody else is refused
   * @throws GrantEnded when the refresh token is of no more use
   */
  refresh(refreshToken: Secret, subject: string): Promise<RenewedTokens> {
    return outsideContext(() => refreshTokens(this.parts, refreshToken, subject));
  }

  /** Where to send the browser to log out at the server as well; undefined when the server has no such page. */
  async logoutUrl(postLogoutRedirectUri?: string): Promise<string | undefined> {
    const { client } = await this.endpoints.parties('revoke');
    const page = await this.endpoints.page('end_session_endpoint', 'revoke');
    if (page === undefined) return undefined;
    const url = new URL(page);
    url.searchParams.set('client_id', client.client_id);
    if (postLogoutRedirectUri !== undefined) url.searchParams.set('post_logout_redirect_uri', postLogoutRedirectUri);
    return url.href;
  }

  private get parts(): LoginParts {
    return { endpoints: this.endpoints, signatures: this.signatures, options: this.options };
  }
}
