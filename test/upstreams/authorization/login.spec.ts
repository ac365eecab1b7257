import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startAuthorization, type AuthorizationStandIn } from '../authorization.stand-in.ts';
import { beginLogin, claimsOf, post } from './raw-requests.ts';

const CALLBACK = 'http://127.0.0.1:3000/auth/callback';

let server: AuthorizationStandIn;
beforeEach(async () => {
  server = await startAuthorization({ redirectUris: [CALLBACK] });
});
afterEach(() => server.close());

const logIn = async (changes: Record<string, string> = {}) => {
  const { authorizationUrl, exchange } = beginLogin(server, CALLBACK, changes);
  const callback = new URL(await server.logIn(authorizationUrl));
  const code = callback.searchParams.get('code') ?? '';
  const form: Record<string, string> = { ...exchange, code };
  return { callback, form };
};

const refresh = (refreshToken: unknown) =>
  post(server, '/token', {
    grant_type: 'refresh_token',
    refresh_token: String(refreshToken),
    resource: server.audience,
  });

describe('a login at the authorization stand-in', () => {
  it('is refused without PKCE', async () => {
    const { callback } = await logIn({ code_challenge: '', code_challenge_method: '' });
    expect(callback.searchParams.get('error')).toBe('invalid_request');
  });

  it('never leaves for an address that is not registered, until it is', async () => {
    const elsewhere = 'http://127.0.0.1:4000/auth/callback';
    const { authorizationUrl } = beginLogin(server, elsewhere);
    await expect(server.logIn(authorizationUrl)).rejects.toThrow('redirect_uri did not match');
    server.allowRedirect(elsewhere);
    expect(await server.logIn(authorizationUrl)).toContain(`${elsewhere}?code=`);
  });

  it('asks again after a wrong password', async () => {
    const { authorizationUrl } = beginLogin(server, CALLBACK);
    const attempt = server.logIn(authorizationUrl, { as: { ...server.user, password: 'guessed' } });
    await expect(attempt).rejects.toThrow('Wrong login or password');
  });

  it('comes back with an error when the user refuses', async () => {
    const { authorizationUrl } = beginLogin(server, CALLBACK);
    const { searchParams } = new URL(await server.logIn(authorizationUrl, { refuse: true }));
    expect(Object.fromEntries(searchParams)).toMatchObject({ error: 'access_denied', state: 'the-state' });
  });

  it('comes back with a code, the state and the issuer, and the code brings tokens once', async () => {
    const { callback, form } = await logIn();
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({ state: 'the-state', iss: server.issuer });
    const { status, body } = await post(server, '/token', form);
    expect(status).toBe(200);
    expect(claimsOf(body['id_token'])).toMatchObject({ sub: 'ash', nonce: 'the-nonce', name: 'Ash Ketchum' });
    expect(claimsOf(body['access_token'])).toMatchObject({ sub: 'ash', scope: 'pokemon:read ci:read' });
    expect((await post(server, '/token', form)).body['error']).toBe('invalid_grant');
    expect((await refresh(body['refresh_token'])).body['error']).toBe('invalid_grant');
  });

  it('brings nothing to who does not know the verifier', async () => {
    const { form } = await logIn();
    const { body } = await post(server, '/token', { ...form, code_verifier: 'v'.repeat(43) });
    expect(body['error']).toBe('invalid_grant');
  });

  it('shows a page that loads nothing from anywhere', async () => {
    const { authorizationUrl } = beginLogin(server, CALLBACK);
    const first = await fetch(authorizationUrl, { redirect: 'manual' });
    const headers = {
      cookie: first.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; '),
    };
    const form = await (await fetch(new URL(first.headers.get('location') ?? '', server.url), { headers })).text();
    expect(form).toContain('name="login"');
    expect(form).not.toMatch(/src=|href=|url\(|https?:/);
  });

  it('lets others in, too', async () => {
    const { authorizationUrl, exchange } = beginLogin(server, CALLBACK);
    const callback = new URL(await server.logIn(authorizationUrl, { as: server.otherUser }));
    const { body } = await post(server, '/token', { ...exchange, code: callback.searchParams.get('code') ?? '' });
    expect(claimsOf(body['id_token'])['sub']).toBe('misty');
  });
});

describe('refresh tokens of the authorization stand-in', () => {
  it('come only with offline_access and consent', async () => {
    for (const changes of [{ scope: 'openid ci:read' }, { prompt: 'login' }]) {
      const { form } = await logIn(changes);
      expect((await post(server, '/token', form)).body).not.toHaveProperty('refresh_token');
    }
  });

  it('rotate, and the use of an old one ends the grant', async () => {
    const { form } = await logIn();
    const first = (await post(server, '/token', form)).body['refresh_token'];
    const second = (await refresh(first)).body['refresh_token'];
    expect(second).not.toBe(first);
    expect((await refresh(first)).body['error']).toBe('invalid_grant');
    expect((await refresh(second)).body['error']).toBe('invalid_grant');
  });

  it('take the opaque access tokens with them', async () => {
    const { form } = await logIn();
    const { resource: _resource, ...withoutResource } = form;
    const { body } = await post(server, '/token', withoutResource);
    const token = String(body['access_token']);
    expect(server.isAccepted(token)).toBe(true);
    await post(server, '/token/revocation', { token: String(body['refresh_token']) });
    expect(server.isAccepted(token)).toBe(false);
  });

  it('survive new keys and the end of all access tokens', async () => {
    const { form } = await logIn();
    const { body } = await post(server, '/token', form);
    await server.rotateKeys();
    server.revokeAllTokens();
    expect(server.isAccepted(String(body['access_token']))).toBe(false);
    const renewed = (await refresh(body['refresh_token'])).body;
    expect(server.isAccepted(String(renewed['access_token']))).toBe(true);
  });

  it('can be revoked', async () => {
    const { form } = await logIn();
    const token = String((await post(server, '/token', form)).body['refresh_token']);
    await post(server, '/token/revocation', { token, token_type_hint: 'refresh_token' });
    expect((await refresh(token)).body['error']).toBe('invalid_grant');
  });
});
