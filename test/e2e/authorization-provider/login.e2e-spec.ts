import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoginRefused } from '../../../src/providers/authorization/login-refused.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { goThere, logIn, newLogin, random } from './logged-in.ts';
import { briefly, startServer, type ServerUnderTest } from './server-under-test.ts';

let subject: ServerUnderTest;

beforeAll(async () => {
  subject = await startServer({ scope: 'openid profile offline_access ci:read' });
});
afterAll(() => subject.close());

const withQuery = (url: URL, changes: Readonly<Record<string, string | undefined>>): URL => {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) changed.searchParams.delete(name);
    else changed.searchParams.set(name, value);
  }
  return changed;
};

describe('a login', () => {
  it('tells who it is, with tokens that our own API takes', async () => {
    const tokens = await logIn(subject);
    const { issuer, audience } = subject.server;
    expect(tokens).toMatchObject({ issuer, subject: 'ash', name: 'Ash Ketchum', audience: [audience] });
    expect(tokens).toMatchObject({ scopes: expect.arrayContaining(['ci:read']), accessTokenLifeMs: 600_000 });
    expect(tokens.refreshToken).toBeDefined();
    expect(briefly(await subject.tokens.verify(tokens.accessToken.reveal()))).toBe('ash');
  });

  it('begins with everything that protects it', async () => {
    const login = newLogin();
    const { searchParams } = new URL(await subject.client.beginLogin(login));
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      prompt: 'consent',
      resource: subject.server.audience,
      ...{ state: login.state, nonce: login.nonce },
    });
    expect(searchParams.toString()).not.toContain(login.codeVerifier);
  });

  it('that its user calls off is refused by name', async () => {
    const login = newLogin();
    const callbackUrl = await goThere(subject, login, true);
    const failure = await rejectionOf(subject.client.finishLogin({ ...login, callbackUrl }));
    expect(failure).toEqual(new LoginRefused('access_denied'));
  });

  it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ['another state', { state: random() }, 'the answer does not belong to this login'],
    ['no state', { state: undefined }, 'the answer does not belong to this login'],
    ['another issuer (RFC 9207)', { iss: 'https://evil.example' }, 'the answer does not belong to this login'],
    ['no issuer', { iss: undefined }, 'the answer does not belong to this login'],
    ['no code', { code: undefined }, 'the answer holds no code'],
    ['a code of nobody', { code: random() }, 'invalid_grant'],
    ['an error that is no code', { error: '<script>' }, 'no reason given'],
    ['a token', { id_token: 'x' }, 'the answer does not belong to this login'],
  ])('that comes back with %s is refused', async (_what, changes, reason) => {
    const login = newLogin();
    const callbackUrl = withQuery(await goThere(subject, login), changes);
    const failure = await rejectionOf(subject.client.finishLogin({ ...login, callbackUrl }));
    expect(failure).toEqual(new LoginRefused(reason));
  });

  it.each(['nonce', 'codeVerifier'] as const)("with somebody else's %s is refused", async (field) => {
    const login = newLogin();
    const callbackUrl = await goThere(subject, login);
    const failure = await rejectionOf(subject.client.finishLogin({ ...login, callbackUrl, [field]: random() }));
    expect(failure).toBeInstanceOf(LoginRefused);
  });

  it('can be finished once: its code is sent no second time', async () => {
    const login = newLogin();
    const callbackUrl = await goThere(subject, login);
    await subject.client.finishLogin({ ...login, callbackUrl });
    const again = rejectionOf(subject.client.finishLogin({ ...login, callbackUrl }));
    expect(await again).toEqual(new LoginRefused('invalid_grant'));
  });

  it('does not repeat itself when the server is in trouble', async () => {
    const login = newLogin();
    const callbackUrl = await goThere(subject, login);
    const before = subject.hits('/token');
    subject.server.failTokenEndpoint('reset');
    const failure = await rejectionOf(subject.client.finishLogin({ ...login, callbackUrl }));
    subject.server.failTokenEndpoint();
    expect([failure, subject.hits('/token') - before]).toMatchObject([{ code: 'upstream_unreachable' }, 1]);
  });
});
