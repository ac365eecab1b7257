import type { TokenEndpointResponse } from 'oauth4webapi';
import type { IssuedToken } from '../../outbound/index.ts';
import { Secret } from '../../platform/secret.ts';
import type { AuthorizationOperation } from './authorization.provider.ts';
import type { RenewedTokens } from './session-tokens.ts';
import { toScopes } from './to-caller.ts';
import { invalidAnswer } from './upstream-failures.ts';

/** For servers that do not say, although they should (RFC 6749 §5.1): too early is better than too late. */
const UNKNOWN_LIFE_SECONDS = 60;

/** A year: what lives longer is asked for once a year. */
const LONGEST_LIFE_SECONDS = 365 * 24 * 3_600;

/** RFC 6749, appendices A.12 and A.17. All else no header can hold. */
const TOKEN = /^[\x20-\x7e]+$/;

/** What a token endpoint granted to us ourselves. @throws UpstreamError */
export const toIssuedToken = (answer: TokenEndpointResponse): IssuedToken => ({
  value: toSecret(answer.access_token, 'getToken'),
  lifeMs: toLifeMs(answer),
  scopes: answer.scope === undefined ? undefined : toScopes(answer.scope),
});

/** What a token endpoint granted to a user. @throws UpstreamError */
export const toRenewedTokens = (answer: TokenEndpointResponse, operation: AuthorizationOperation): RenewedTokens => ({
  accessToken: toSecret(answer.access_token, operation),
  accessTokenLifeMs: toLifeMs(answer),
  ...(answer.scope === undefined ? {} : { scopes: toScopes(answer.scope) }),
  ...(answer.refresh_token === undefined ? {} : { refreshToken: toSecret(answer.refresh_token, operation) }),
});

const toSecret = (token: string, operation: AuthorizationOperation): Secret => {
  if (TOKEN.test(token)) return new Secret(token);
  throw invalidAnswer(operation, 'it grants a token of characters that cannot be sent');
};

const toLifeMs = ({ expires_in: seconds = UNKNOWN_LIFE_SECONDS }: TokenEndpointResponse): number =>
  Math.min(seconds, LONGEST_LIFE_SECONDS) * 1_000;
