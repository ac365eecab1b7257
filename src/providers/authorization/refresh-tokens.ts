import * as oauth from 'oauth4webapi';
import type { Secret } from '../../platform/secret.ts';
import { ownAudienceParameters } from './audience-parameters.ts';
import type { LoginParts } from './finish-login.ts';
import { GrantEnded } from './grant-ended.ts';
import { verifyIdToken } from './id-token.ts';
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
  const { clientId = '' } = parts.options;
  if (answer.id_token !== undefined) {
    const { sub } = await verifyIdToken(parts.signatures, { token: answer.id_token, clientId, operation });
    // OpenID Connect Core §12.2.
    if (sub !== subject) throw invalidAnswer(operation, 'its tokens are for somebody else');
  }
  return toRenewedTokens(answer);
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
