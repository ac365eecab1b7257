import { randomBytes } from 'node:crypto';
import { errors, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { interactionPath } from './interaction.ts';
import { errorPage, logoutPage, page } from './pages.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { Storage } from './storage.ts';
import { findUser } from './users.ts';

export interface ServerSettings {
  readonly storage: Storage;
  readonly keys: SigningKeys;
  /** The resources it knows; all take the same scopes. */
  readonly audiences: readonly string[];
  readonly apiScopes: readonly string[];
  readonly accessTokenFormat: 'jwt' | 'opaque';
  /** Of those issued from now on. */
  accessTokenTtlSeconds: number;
  readonly onJwt: (jti: unknown) => void;
}

/** Headers by which `mintToken` asks for what a client of a real server has no say in. */
export const ASK_LIFETIME = 'stand-in-lifetime';
export const ASK_FORMAT = 'stand-in-format';

const DAY_SECONDS = 86_400;

/** Outlives a rotation of the signing keys, so that sessions do. */
const cookieKeys = [randomBytes(32)];

/**
 * What oidc-provider is told. Everything that it calls a quick start (keys, adapter, account, pages, lifetimes, CORS)
 * is given, because for each default it falls back to it prints a notice.
 */
export const serverOptions = (settings: ServerSettings): Configuration => ({
  adapter: settings.storage.adapter,
  jwks: { keys: settings.keys.published },
  clockTolerance: 0,
  scopes: ['openid', 'profile', 'offline_access'],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
  // Most servers put the profile into the ID token, also beside an access token.
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  rotateRefreshToken: true,
  cookies: {
    keys: cookieKeys,
    // Browsers send cookies to all ports of a host: they must not meet the application's.
    names: { session: 'as_session', interaction: 'as_interaction', resume: 'as_resume' },
  },
  clientBasedCORS: () => false,
  findAccount: (_context, accountId) => toAccount(accountId),
  interactions: { url: (_context, { uid }) => interactionPath(uid) },
  formats: { customizers: { jwt: (_context, _token, { payload }) => settings.onJwt(payload['jti']) } },
  renderError: (context, fields) => show(context, errorPage(fields)),
  features: features(settings),
  ttl: lifetimes(settings),
});

const toAccount = (accountId: string) => {
  const user = findUser(accountId);
  return user && { accountId, claims: () => ({ sub: accountId, name: user.name, preferred_username: user.login }) };
};

const show = (context: KoaContextWithOIDC, html: string): void => {
  context.type = 'html';
  context.body = html;
};

const features = (settings: ServerSettings): NonNullable<Configuration['features']> => ({
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  introspection: { enabled: true, allowedPolicy: () => true },
  revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (context, form) => show(context, logoutPage(form)),
    postLogoutSuccessSource: (context) => show(context, page('Logged out', '')),
  },
  resourceIndicators: {
    enabled: true,
    getResourceServerInfo: (context, resource, client) => {
      if (!settings.audiences.includes(resource)) throw new errors.InvalidTarget();
      return {
        audience: resource,
        scope: client.clientId === 'guest' ? '' : settings.apiScopes.join(' '),
        accessTokenFormat: context.get(ASK_FORMAT) === 'opaque' ? 'opaque' : settings.accessTokenFormat,
        jwt: { sign: { alg: 'RS256' } },
      };
    },
  },
});

const lifetimes = (settings: ServerSettings): NonNullable<Configuration['ttl']> => {
  const accessToken = (context: KoaContextWithOIDC): number =>
    Number(context.get(ASK_LIFETIME)) || settings.accessTokenTtlSeconds;
  return {
    AccessToken: accessToken,
    ClientCredentials: accessToken,
    AuthorizationCode: 60,
    IdToken: 3_600,
    Interaction: 3_600,
    Grant: 14 * DAY_SECONDS,
    RefreshToken: 14 * DAY_SECONDS,
    Session: 14 * DAY_SECONDS,
  };
};
