import { randomBytes } from 'node:crypto';
import type { LoginBegun } from '../../../src/providers/authorization/login-steps.ts';
import type { SessionTokens } from '../../../src/providers/authorization/session-tokens.ts';
import type { ServerUnderTest } from './server-under-test.ts';

/** Where browsers come back to; nobody listens there. */
export const REDIRECT_URI = 'http://127.0.0.1:9/auth/callback';

export const random = (): string => randomBytes(32).toString('base64url');

export const newLogin = (): LoginBegun => ({
  redirectUri: REDIRECT_URI,
  state: random(),
  nonce: random(),
  codeVerifier: random(),
});

/** Walks through the server's pages: the address that the browser comes back to. */
export const goThere = async ({ client, server }: ServerUnderTest, login: LoginBegun, refuse = false): Promise<URL> => {
  server.allowRedirect(REDIRECT_URI);
  return new URL(await server.logIn(await client.beginLogin(login), { refuse }));
};

/** A whole login. */
export const logIn = async (subject: ServerUnderTest): Promise<SessionTokens> => {
  const login = newLogin();
  return subject.client.finishLogin({ ...login, callbackUrl: await goThere(subject, login) });
};
