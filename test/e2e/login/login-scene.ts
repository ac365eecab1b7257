import { expect } from '@jest/globals';
import { SessionStore } from '../../../src/features/login/session-store.ts';
import type { Session } from '../../../src/features/login/session.ts';
import { Clock } from '../../../src/platform/clock.ts';
import type { Answer } from '../../support/ask.ts';
import { openBrowser, type CookieBrowser } from '../../support/cookie-browser.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { createApp, type TestApp, type TestAppOptions } from '../../support/create-app.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';

export interface LoginScene {
  readonly authorization: AuthorizationStandIn;
  readonly breakwater: TestApp;
  /** A new one. */
  browse(): CookieBrowser;
  /** A browser that has logged in. */
  browseLoggedIn(): Promise<CookieBrowser>;
  /** Once; again it does nothing more. */
  close(): Promise<void>;
}

export interface SceneOptions extends TestAppOptions {
  /** What the application takes for the time. Default: the real one. */
  readonly clock?: Clock;
}

/** What the application is told of its authorization server. */
export const toAuthEnv = ({ issuer, audience, clientId, clientSecret }: AuthorizationStandIn) => ({
  AUTH_ISSUER: issuer,
  AUTH_AUDIENCE: audience,
  AUTH_CLIENT_ID: clientId,
  AUTH_CLIENT_SECRET: clientSecret,
  AUTH_SCOPE: 'openid profile offline_access pokemon:read',
});

/** An authorization server, and the application that sends browsers there. Close it when done. */
export const startScene = async ({ env = {}, clock, ...options }: SceneOptions = {}): Promise<LoginScene> => {
  const authorization = await startAuthorization();
  const breakwater = await createApp({
    ...options,
    env: { ...toAuthEnv(authorization), ...env },
    override: (builder) => (clock ? builder.overrideProvider(Clock).useValue(clock) : builder),
  });
  authorization.allowRedirect(`${env['PUBLIC_URL'] ?? breakwater.url}/auth/callback`);
  let closed: Promise<void> | undefined;
  const browse = (): CookieBrowser => openBrowser(breakwater.url);
  return {
    authorization,
    breakwater,
    browse,
    browseLoggedIn: async () => {
      const browser = browse();
      await logIn(browser, authorization);
      return browser;
    },
    close: () => (closed ??= stop(breakwater, clock).then(() => authorization.close())),
  };
};

/** Time that stands still goes on here: the application waits for renewals that may never end. */
const stop = async (breakwater: TestApp, clock: Clock | undefined): Promise<void> => {
  let isClosed = false;
  const closed = breakwater.close().finally(() => (isClosed = true));
  while (clock instanceof FakeClock && !isClosed) await clock.advance(1_000);
  await closed;
};

/** Sends a browser to the authorization server and back; resolves to the path it came back with, not visited yet. */
export const comeBack = async (
  browser: CookieBrowser,
  authorization: AuthorizationStandIn,
  { returnTo = '/api/v1/me', refuse = false } = {},
): Promise<string> => {
  const answer = await browser.get(`/auth/login?returnTo=${encodeURIComponent(returnTo)}`);
  expect(answer.status).toBe(302);
  const { pathname, search } = new URL(await authorization.logIn(answer.headers.get('location')!, { refuse }));
  return pathname + search;
};

/** The whole login; resolves to the answer of the callback. */
export const logIn = async (
  browser: CookieBrowser,
  authorization: AuthorizationStandIn,
  returnTo?: string,
): Promise<Answer> => {
  const answer = await browser.get(await comeBack(browser, authorization, returnTo === undefined ? {} : { returnTo }));
  expect(answer.status).toBe(303);
  return answer;
};

export const sessionIdOf = ({ cookies }: CookieBrowser): string => cookies.get('session') ?? '';

/** What the application keeps of a browser's session. */
export const sessionOf = async ({ app }: TestApp, browser: CookieBrowser): Promise<Session | undefined> =>
  (await app.get(SessionStore, { strict: false }).find(sessionIdOf(browser)))?.session;

/** How often the application asked for new tokens. */
export const refreshesAt = ({ requests }: AuthorizationStandIn): number =>
  requests.filter(({ grantType }) => grantType === 'refresh_token').length;
