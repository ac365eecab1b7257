import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { Secret } from '../../../src/platform/secret.ts';
import type { RenewedTokens } from '../../../src/providers/authorization/session-tokens.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { buildAuthorization, type BuiltAuthorization } from './build-authorization.ts';
import { newLogin } from './logged-in.ts';
import { startScripted, type ScriptedServer } from './scripted-server.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const YEAR_MS = 365 * 24 * 3_600_000;

let server: ScriptedServer;
let built: BuiltAuthorization;

beforeEach(async () => {
  server = await startScripted();
  const client = { clientId: 'breakwater', clientSecret: 'the-client-secret' };
  built = buildAuthorization({ baseUrl: server.url, audience: 'api', ...client });
});
afterEach(async () => {
  await built.close();
  await server.close();
});

const grant = (answer: object): void =>
  server.answer('/token', { access_token: 'new', token_type: 'Bearer', expires_in: 60, ...answer });
const refresh = (): Promise<RenewedTokens> => built.client.refresh(new Secret('old'), 'ash');

describe('the ID token that comes with renewed tokens', () => {
  const idToken = (claims: object): Promise<string> => {
    const [now, aud] = [Math.floor(Date.now() / 1_000), 'breakwater'];
    const usual = { iss: server.url, aud, sub: 'ash', iat: now, exp: now + 60, ...claims };
    return new SignJWT(usual).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
  };

  it('needs no keys: the new refresh token is not lost when they cannot be had', async () => {
    grant({ refresh_token: 'next', id_token: await idToken({}) });
    expect((await refresh()).refreshToken!.reveal()).toBe('next');
    expect(server.seen).not.toContain('GET /jwks');
  });

  it.each([{ sub: 'misty' }, { sub: '' }, { sub: undefined }, { iss: 'https://evil.example' }, { aud: 'other' }])(
    'is of no use with %j',
    async (claims) => {
      grant({ id_token: await idToken(claims) });
      expect(await rejectionOf(refresh())).toMatchObject({ code: 'upstream_invalid_answer' });
    },
  );
});

describe('tokens that are granted', () => {
  it.each([60 * 60 * 24 * 400, 9e15, 1e308])('live for a year at most: expires_in %d', async (expires_in) => {
    grant({ expires_in });
    expect((await refresh()).accessTokenLifeMs).toBe(YEAR_MS);
    expect((await built.client.issue({})).lifeMs).toBe(YEAR_MS);
  });

  it.each(['a\r\nx-evil: 1', 'caf\u00e9', '\u20ac', 'a\u0000'])(
    'are of no use when they cannot be sent: %j',
    async (token) => {
      const failure = {
        code: 'upstream_invalid_answer',
        reason: 'it grants a token of characters that cannot be sent',
      };
      grant({ access_token: token });
      expect(await rejectionOf(refresh())).toMatchObject({ ...failure, operation: 'refreshToken' });
      expect(await rejectionOf(built.client.issue({}))).toMatchObject({ ...failure, operation: 'getToken' });
      grant({ refresh_token: token });
      expect(await rejectionOf(refresh())).toMatchObject(failure);
    },
  );
});

describe('pages for browsers', () => {
  const askFor = [
    ['authorization_endpoint', () => built.client.beginLogin(newLogin())],
    ['end_session_endpoint', () => built.client.logoutUrl()],
  ] as const;

  it.each(askFor)('may be anywhere by https: %s', async (page, ask) => {
    server.describe(server.url, { [page]: 'https://pages.example.com/' });
    expect(await ask()).toMatch(/^https:\/\/pages/);
  });
});
