import { describe, expect, it } from '@jest/globals';
import { withEnvironment } from '../../../test/support/with-environment.ts';
import type { AuthorizationOptions } from './authorization-options.ts';
import { authorization } from './authorization.provider.ts';

const ISSUER = { AUTH_ISSUER: 'https://login.example.com/' };
const CLIENT = { AUTH_CLIENT_ID: 'breakwater', AUTH_CLIENT_SECRET: 'a secret that is long' };

const read = (env: Readonly<Record<string, string>>): Promise<AuthorizationOptions> =>
  withEnvironment(env, async () => authorization.config());

describe('the options of the authorization server', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['an issuer that can be overheard', { AUTH_ISSUER: 'http://login.example.com' }, 'AUTH_ISSUER'],
    ['an issuer that only looks local', { AUTH_ISSUER: 'http://127.0.0.1.example.com' }, 'AUTH_ISSUER'],
    ['an issuer with a query', { AUTH_ISSUER: 'https://login.example.com/?a' }, 'AUTH_ISSUER'],
    [
      'keys that anybody on the way may change',
      { ...ISSUER, AUTH_ORIGINS: 'https://a.example.com,http://keys.example.com' },
      'AUTH_ORIGINS',
    ],
    ['a client without a secret', { ...ISSUER, AUTH_CLIENT_ID: 'breakwater' }, 'AUTH_CLIENT_ID'],
    ['a secret without a client', { ...ISSUER, AUTH_CLIENT_SECRET: 'a secret that is long' }, 'AUTH_CLIENT_SECRET'],
    ['a short secret', { ...ISSUER, ...CLIENT, AUTH_CLIENT_SECRET: 'short' }, 'AUTH_CLIENT_SECRET'],
    ['a scope without openid', { ...ISSUER, AUTH_SCOPE: 'profile' }, 'AUTH_SCOPE'],
    ['scopes with commas and blanks', { ...ISSUER, AUTH_SCOPE: 'openid  profile' }, 'AUTH_SCOPE'],
    ['another type of token', { ...ISSUER, AUTH_TOKEN_TYPE: 'any' }, 'AUTH_TOKEN_TYPE'],
    [
      'ID tokens for access tokens',
      { ...ISSUER, ...CLIENT, AUTH_TOKEN_TYPE: 'jwt', AUTH_AUDIENCE: 'breakwater' },
      'AUTH_AUDIENCE',
    ],
    ['another way to authenticate', { ...ISSUER, AUTH_CLIENT_AUTHENTICATION: 'none' }, 'AUTH_CLIENT_AUTHENTICATION'],
  ])('refuse %s', async (_what, env, variable) => {
    await expect(read(env)).rejects.toMatchObject({ problems: [{ variable }] });
  });

  it('never show the secret', async () => {
    await expect(read({ ...ISSUER, AUTH_CLIENT_SECRET: 'a secret that is long' })).rejects.toThrow(
      'AUTH_CLIENT_SECRET=[redacted]',
    );
  });

  it.each([
    'http://127.0.0.1:3000',
    'http://localhost:3000/realms/a',
    'http://[::1]:3000',
    'https://login.example.com/',
  ])('take the issuer %s as it is', async (issuer) =>
    expect(await read({ AUTH_ISSUER: issuer })).toMatchObject({ baseUrl: issuer }),
  );

  it.each([
    { ...ISSUER, AUTH_ORIGINS: 'https://keys.example.com,http://127.0.0.1:3000' },
    { AUTH_ISSUER: 'http://localhost:3000', AUTH_ORIGINS: 'http://keycloak:8080' },
  ])('take further origins that are as safe as the issuer: %j', async (env) =>
    expect(await read(env)).toMatchObject({ origins: env.AUTH_ORIGINS.split(',') }),
  );

  it('have sensible defaults, and no server', async () => {
    const { baseUrl, scope, tokenType, clientAuthentication } = await read({});
    expect([baseUrl, scope, tokenType]).toEqual([undefined, 'openid profile offline_access', 'at+jwt']);
    expect(clientAuthentication).toBe('client_secret_basic');
  });
});
