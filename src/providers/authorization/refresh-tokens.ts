import * as oauth from 'oauth4webapi';
import type { Secret } from '../../platform/secret.ts';
import { ownAudienceParameters } from './audience-parameters.ts';
import type { LoginParts } from './finish-login.ts';
import { GrantEnded } from './grant-ended.ts';
import type { RenewedTokens } from './session-tokens.ts';
import { toRenewedTokens } from './to-tokens.ts';
import { ErrorAnswer, invalidAnswer } from './upstream-failures.ts';

const operation = 'refreshToken';

/** New tokens for old (RFC 6749 §6). @throws GrantEnded, UpstreamError */
export const refreshTokens = async (
  parts: LoginParts,
  refreshToken: Secret,
  subject: string,
): Promise<RenewedTokens> => {
  const answer = await requestTokens(parts, refreshToken);
  // Straight from the server, over TLS: no signature has to say so (OpenID Connect Core §3.1.3.7, item 6), for whose key we
  // might have to ask, and lose the new refresh token when it cannot be had.
  const claims = oauth.getValidatedIdTokenClaims(answer);
  // OpenID Connect Core §12.2.
  if (claims && claims.sub !== subject) throw invalidAnswer(operation, 'its tokens are for somebody else');
  return toRenewedTokens(answer, operation);
};

const requestTokens = async (
  { endpoints, options }: LoginParts,
  refreshToken: Secret,
): Promise<oauth.TokenEndpointResponse> => {
  const additionalParameters = ownAudienceParameters(options);
  try {
    return await endpoints.ask({
      operation,
      endpoint: 'token_endpoint',
      send: ({ server, client, auth, how }) =>
        oauth.refreshTokenGrantRequest(server, client, auth, refreshToken.reveal(), { ...how, additionalParameters }),
      read: (response, { server, client }) => oauth.processRefreshTokenResponse(server, client, response),
    });
  } catch (error) {
    if (error instanceof ErrorAnswer && error.error === 'invalid_grant') throw new GrantEnded();
    throw error;
  }
};
