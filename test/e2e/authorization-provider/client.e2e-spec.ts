import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/platform/secret.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { buildAuthorization } from './build-authorization.ts';
import { setUpFor, startServer, type ServerUnderTest } from './server-under-test.ts';

let subject: ServerUnderTest;

beforeAll(async () => {
  subject = await startServer();
});
afterAll(() => subject.close());

describe('a token for ourselves', () => {
  it('is for the audience and scopes that were asked for', async () => {
    const { otherAudience: audience } = subject.server;
    const issued = await subject.client.issue({ scope: 'ci:read ci:write', audience });
    expect(issued).toMatchObject({ scopes: ['ci:read', 'ci:write'], lifeMs: 600_000 });
    expect(subject.server.isAccepted(issued.value.reveal())).toBe(true);
  });

  it('says what was granted, when that is less than was asked for', async () => {
    const { audience } = subject.server;
    const { scopes } = await subject.client.issue({ scope: 'ci:read launch:rockets', audience });
    expect(scopes).toEqual(['ci:read']);
  });

  it('can be had with client_secret_post, too', async () => {
    const [clientId, clientAuthentication] = ['breakwater-post', 'client_secret_post'] as const;
    const clientSecret = subject.server.secretOf(clientId);
    const other = setUpFor(subject.server, { clientId, clientSecret, clientAuthentication });
    expect(await other.client.issue({})).toMatchObject({ lifeMs: 600_000 });
    await other.close();
  });

  it.each([
    ['a wrong secret', { clientSecret: 'not the secret' }, {}, 'status 401, invalid_client'],
    ['an unknown client', { clientId: 'nobody' }, {}, 'status 401, invalid_client'],
    ['an unknown resource', {}, { audience: 'https://unknown.example' }, 'status 400, invalid_target'],
  ])('is refused for %s, once', async (_what, setup, request, reason) => {
    const other = setUpFor(subject.server, setup);
    const before = subject.hits('/token');
    const failure = await rejectionOf(other.client.issue(request));
    expect(failure).toMatchObject({ code: 'upstream_rejected', reason, operation: 'getToken' });
    expect(subject.hits('/token')).toBe(before + 1);
    await other.close();
  });

  it('is asked for again when the server is in trouble: that does no harm', async () => {
    subject.server.failTokenEndpoint(503);
    const before = subject.hits('/token');
    expect(await rejectionOf(subject.client.issue({}))).toMatchObject({ code: 'upstream_failed' });
    expect(subject.hits('/token')).toBe(before + 3);
    subject.server.failTokenEndpoint();
  });
});

describe('a token that is to end', () => {
  it('is refused from then on', async () => {
    const { value } = await subject.client.issue({});
    expect(await subject.client.introspect(value)).toMatchObject({ active: true });
    await subject.client.revoke(value, 'access_token');
    expect(await subject.client.introspect(value)).toEqual({ active: false });
  });

  it('may be unknown to the server', async () => {
    await subject.client.revoke(new Secret('unknown'), 'refresh_token');
  });

  it('is no failure where the server cannot end it, who is not asked again', async () => {
    const jwt = new Secret(await subject.server.mintToken({ scope: 'ci:read' }));
    const before = subject.hits('/token/revocation');
    await subject.client.revoke(jwt, 'access_token');
    await subject.client.revoke(jwt, 'access_token');
    expect(subject.hits('/token/revocation')).toBe(before + 1);
  });
});

describe('without a client', () => {
  it.each<[string, (built: ServerUnderTest['client']) => Promise<unknown>]>([
    ['no token is asked for', (client) => client.issue({})],
    ['nobody logs in', (client) => client.beginLogin({ redirectUri: '', state: '', nonce: '', codeVerifier: '' })],
    ['nothing is renewed', (client) => client.refresh(new Secret('x'), 'ash')],
    ['nothing is revoked', (client) => client.revoke(new Secret('x'), 'access_token')],
  ])('%s', async (_what, ask) => {
    const { issuer: baseUrl, audience } = subject.server;
    const anonymous = buildAuthorization({ baseUrl, audience });
    expect(await rejectionOf(ask(anonymous.client))).toMatchObject({ code: 'not_configured' });
    await anonymous.close();
  });
});
