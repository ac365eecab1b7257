import { post, beginLogin } from '../../upstreams/authorization/raw-requests.ts';
import type { AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';

/** Nobody listens there. */
const REDIRECT_URI = 'http://127.0.0.1:9/callback';

interface LoginTokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
}

/** What a login by `client` brings that asks for `scope` and names no API: so its access token is for `/me` alone. */
export const logInElsewhere = async (
  server: AuthorizationStandIn,
  { scope = 'openid', client = server.clientId } = {},
): Promise<LoginTokens> => {
  server.allowRedirect(REDIRECT_URI);
  const { authorizationUrl, exchange } = beginLogin(server, REDIRECT_URI, { scope, client_id: client });
  const { resource: _none, ...withoutResource } = exchange as Record<string, string>;
  const there = new URL(authorizationUrl);
  there.searchParams.delete('resource');
  const code = new URL(await server.logIn(there.href)).searchParams.get('code') ?? '';
  const { status, body } = await post(server, '/token', { ...withoutResource, code }, { client });
  if (status !== 200) throw new Error(`no tokens for ${client}: ${status} ${JSON.stringify(body)}`);
  const textOf = (name: string): string => String(body[name] ?? '');
  return { accessToken: textOf('access_token'), idToken: textOf('id_token'), refreshToken: textOf('refresh_token') };
};
