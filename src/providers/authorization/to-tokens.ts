import type { TokenEndpointResponse } from 'oauth4webapi';
import type { IssuedToken } from '../../outbound/index.ts';
import { Secret } from '../../platform/secret.ts';
import type { RenewedTokens } from './session-tokens.ts';
import { toScopes } from './to-caller.ts';

/** For servers that do not say, although they should (RFC 6749 §5.1): too early is better than too late. */
const UNKNOWN_LIFE_SECONDS = 60;

/** What a token endpoint granted to us ourselves. */
export const toIssuedToken = (answer: TokenEndpointResponse): IssuedToken => ({
  value: new Secret(answer.access_token),
  lifeMs: toLifeMs(answer),
  scopes: answer.scope === undefined ? undefined : toScopes(answer.scope),
});

/** What a token endpoint granted to a user. */
export const toRenewedTokens = (answer: TokenEndpointResponse): RenewedTokens => ({
  accessToken: new Secret(answer.access_token),
  accessTokenLifeMs: toLifeMs(answer),
  ...(answer.scope === undefined ? {} : { scopes: toScopes(answer.scope) }),
  ...(answer.refresh_token === undefined ? {} : { refreshToken: new Secret(answer.refresh_token) }),
});

const toLifeMs = ({ expires_in: seconds = UNKNOWN_LIFE_SECONDS }: TokenEndpointResponse): number => seconds * 1_000;
