import * as oauth from 'oauth4webapi';
import { ownAudienceParameters } from './audience-parameters.ts';
import type { AuthorizationOptions } from './authorization-options.ts';
import { checkCallback } from './check-callback.ts';
import type { Endpoints } from './endpoints.ts';
import { nameIn, verifyIdToken } from './id-token.ts';
import { LoginRefused } from './login-refused.ts';
import type { LoginAnswered } from './login-steps.ts';
import type { SessionTokens } from './session-tokens.ts';
import type { Signatures } from './signatures.ts';
import { toRenewedTokens } from './to-tokens.ts';
import { ErrorAnswer } from './upstream-failures.ts';

export interface LoginParts {
  readonly endpoints: Endpoints;
  readonly signatures: Signatures;
  readonly options: AuthorizationOptions;
}

const operation = 'exchangeCode';

/** Turns the answer to a login into tokens. @throws LoginRefused, UpstreamError */
export const finishLogin = async (parts: LoginParts, login: LoginAnswered): Promise<SessionTokens> => {
  const { clientId = '', audience, scope, baseUrl: issuer = '' } = parts.options;
  const answer = await exchangeCode(parts, login);
  const id = await verifyIdToken(parts.signatures, { token: answer.id_token!, clientId, operation });
  const name = nameIn(id);
  return {
    scopes: scope.split(' '),
    ...toRenewedTokens(answer, operation),
    issuer,
    subject: id.sub,
    audience: audience === undefined ? [] : [audience],
    ...(name === undefined ? {} : { name }),
  };
};

const exchangeCode = async (
  { endpoints, options }: LoginParts,
  login: LoginAnswered,
): Promise<oauth.TokenEndpointResponse> => {
  const callback = checkCallback(await endpoints.parties(operation), login);
  const { redirectUri, codeVerifier, nonce } = login;
  const additionalParameters = ownAudienceParameters(options);
  try {
    return await endpoints.ask({
      operation,
      endpoint: 'token_endpoint',
      send: ({ server, client, auth, how }) =>
        oauth.authorizationCodeGrantRequest(server, client, auth, callback, redirectUri, codeVerifier, {
          ...how,
          additionalParameters,
        }),
      read: (response, { server, client }) =>
        refuseOtherNonce(
          oauth.processAuthorizationCodeResponse(server, client, response, {
            expectedNonce: nonce,
            requireIdToken: true,
          }),
        ),
    });
  } catch (error) {
    // The code was used before, is too old, or was never given to us.
    if (error instanceof ErrorAnswer && error.error === 'invalid_grant') throw new LoginRefused('invalid_grant');
    throw error;
  }
};

/** Somebody else's code, slipped into this login. */
const refuseOtherNonce = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    const cause = error instanceof oauth.OperationProcessingError ? (error.cause as { claim?: unknown }) : undefined;
    throw cause?.claim === 'nonce' ? new LoginRefused('the answer does not belong to this login') : error;
  });
