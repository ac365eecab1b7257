import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startAuthorization, type AuthorizationStandIn } from './authorization.stand-in.ts';
import { claimsOf, headerOf, post } from './authorization/raw-requests.ts';

let server: AuthorizationStandIn;
beforeEach(async () => {
  server = await startAuthorization();
});
afterEach(() => server.close());

const GRANT = { grant_type: 'client_credentials' };

describe('the token endpoint of the authorization stand-in', () => {
  it('refuses a client with the wrong secret', async () => {
    const { status, headers, body } = await post(server, '/token', GRANT, { secret: 'guessed' });
    expect([status, body['error']]).toEqual([401, 'invalid_client']);
    expect(headers.get('www-authenticate')).toMatch(/^Basic /);
  });

  it.each([
    ['invalid_target', { ...GRANT, resource: 'https://unheard-of.test' }],
    ['unsupported_grant_type', { grant_type: 'password' }],
    ['invalid_grant', { grant_type: 'refresh_token', refresh_token: 'made-up' }],
  ])('answers 400 %s', async (error, form) => {
    const { status, body } = await post(server, '/token', form);
    expect([status, body['error']]).toEqual([400, error]);
  });

  it('issues an opaque token without a resource, and lets nobody store it', async () => {
    const { status, headers, body } = await post(server, '/token', GRANT);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({ access_token: expect.not.stringContaining('.'), expires_in: 600, token_type: 'Bearer' });
  });

  it('issues a JWT for a resource, and drops scopes that it does not know', async () => {
    const form = { ...GRANT, resource: server.audience, scope: 'ci:read moon:walk' };
    const { body } = await post(server, '/token', form);
    const { exp, iat, ...claims } = claimsOf(body['access_token']);
    expect(headerOf(body['access_token'])).toMatchObject({ typ: 'at+jwt', alg: 'RS256', kid: expect.any(String) });
    expect(claims).toMatchObject({ iss: server.issuer, aud: server.audience, sub: 'breakwater', scope: 'ci:read' });
    expect(claims).toMatchObject({ client_id: 'breakwater', jti: expect.any(String) });
    expect(Number(exp) - Number(iat)).toBe(600);
    expect(body['scope']).toBe('ci:read');
  });

  it('grants a guest nothing', async () => {
    expect(claimsOf(await server.mintToken({ client: 'guest', scope: 'ci:read' }))).not.toHaveProperty('scope');
  });

  it('logs who asked for what', async () => {
    await server.mintToken();
    await server.mintToken({ client: 'breakwater-post' });
    await post(server, '/token', { grant_type: 'refresh_token', refresh_token: 'x' }, { secret: 'wrong' });
    expect(server.requests.map(({ method, path, grantType, client }) => [method, path, grantType, client])).toEqual([
      ['POST', '/token', 'client_credentials', 'robot'],
      ['POST', '/token', 'client_credentials', 'breakwater-post'],
      ['POST', '/token', 'refresh_token', 'breakwater'],
    ]);
  });

  it('fails for as long as it is told to', async () => {
    server.failTokenEndpoint(503);
    expect((await post(server, '/token', GRANT)).status).toBe(503);
    server.failTokenEndpoint('reset');
    await expect(post(server, '/token', GRANT)).rejects.toThrow('fetch failed');
    server.failTokenEndpoint();
    expect((await post(server, '/token', GRANT)).status).toBe(200);
    expect(server.requests.filter(({ grantType }) => grantType === 'client_credentials')).toHaveLength(3);
  });

  it('hangs until it is closed', async () => {
    server.failTokenEndpoint('hang');
    const hanging = expect(post(server, '/token', GRANT)).rejects.toThrow('fetch failed');
    while (server.requests.length === 0) await new Promise(setImmediate);
    await server.close();
    await hanging;
  });

  it('gives tokens the lifetime that is asked for', async () => {
    server.setAccessTokenTtl(30);
    const { exp, iat } = claimsOf(await server.mintToken());
    expect(Number(exp) - Number(iat)).toBe(30);
    const own = claimsOf(await server.mintToken({ lifetimeSeconds: 7 }));
    expect(Number(own['exp']) - Number(own['iat'])).toBe(7);
  });
});

/** Everything that could make oidc-provider print a notice, in a process of its own. */
const SCRIPT = `
  import { startAuthorization } from ${JSON.stringify(join(import.meta.dirname, 'authorization.stand-in.ts'))};
  import { beginLogin, post } from ${JSON.stringify(join(import.meta.dirname, 'authorization/raw-requests.ts'))};
  const uri = 'http://127.0.0.1:3000/auth/callback';
  const server = await startAuthorization({ redirectUris: [uri] });
  const token = await server.mintToken({ opaque: true });
  const { authorizationUrl, exchange } = beginLogin(server, uri);
  const code = new URL(await server.logIn(authorizationUrl)).searchParams.get('code');
  const { body } = await post(server, '/token', { ...exchange, code });
  await post(server, '/token', { grant_type: 'refresh_token', refresh_token: body.refresh_token });
  await post(server, '/token/introspection', { token });
  await post(server, '/token/revocation', { token });
  await server.rotateKeys();
  const headers = { origin: 'https://elsewhere.test' };
  for (const path of ['/auth', '/session/end', '/session/end/success', '/me', '/token', '/nowhere', '/interaction/x'])
    await fetch(server.url + path, { headers: { ...headers, accept: 'text/html' } });
  await fetch(server.url + '/token', { method: 'POST', headers, body: new URLSearchParams({ client_id: 'robot' }) });
  await server.close();
`;

describe('the authorization stand-in in a plain process', () => {
  it('runs without a build, says nothing and leaves nothing that keeps the process', async () => {
    const { NODE_OPTIONS: _options, NODE_ENV: _env, ...env } = process.env;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], { env });
    const exited = once(child, 'exit');
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect({ output, errors, status: (await exited)[0] as unknown }).toEqual({ output: '', errors: '', status: 0 });
  });
});
