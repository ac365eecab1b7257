import { calculatePKCECodeChallenge } from 'oauth4webapi';
import type { Parties } from './endpoints.ts';
import type { LoginBegun } from './login-steps.ts';

interface Wanted {
  readonly scope: string;
  /** What says for whom the token is to be. */
  readonly audience: Readonly<Record<string, string>>;
}

/** RFC 6749 §4.1.1 with PKCE (RFC 7636), the audience and a nonce (OpenID Connect Core §3.1.2.1). */
export const toAuthorizationUrl = async (
  endpoint: string,
  { client }: Parties,
  login: LoginBegun,
  { scope, audience }: Wanted,
): Promise<string> => {
  const url = new URL(endpoint);
  const parameters = {
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: login.redirectUri,
    scope,
    state: login.state,
    nonce: login.nonce,
    code_challenge: await calculatePKCECodeChallenge(login.codeVerifier),
    code_challenge_method: 'S256',
    ...audience,
    // Without the user's consent there is no offline access (OpenID Connect Core §11).
    ...(scope.split(' ').includes('offline_access') ? { prompt: 'consent' } : {}),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
};
