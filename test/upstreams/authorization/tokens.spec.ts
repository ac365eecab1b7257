import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { startAuthorization, type AuthorizationStandIn } from '../authorization.stand-in.ts';
import { claimsOf, headerOf, post } from './raw-requests.ts';

let server: AuthorizationStandIn;
beforeEach(async () => {
  server = await startAuthorization();
});
afterEach(() => server.close());

const introspect = (token: string) => post(server, '/token/introspection', { token });
const revoke = (token: string) => post(server, '/token/revocation', { token }, { client: 'robot' });

/** As a resource does that has fetched the keys just now. */
const verifyNow = (token: string) => jwtVerify(token, createRemoteJWKSet(new URL(`${server.url}/jwks`)));

describe('opaque tokens of the authorization stand-in', () => {
  it('are described by introspection', async () => {
    const token = await server.mintToken({ opaque: true, scope: 'ci:read' });
    const { status, body } = await introspect(token);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ active: true, scope: 'ci:read', client_id: 'robot', aud: server.audience }),
    ]);
    expect(server.isAccepted(token)).toBe(true);
  });

  it('are inactive when nobody issued them', async () => {
    expect((await introspect('garbage')).body).toEqual({ active: false });
    expect(server.isAccepted('garbage')).toBe(false);
  });

  it('are inactive once revoked', async () => {
    const token = await server.mintToken({ audience: null });
    expect((await revoke(token)).status).toBe(200);
    expect((await introspect(token)).body).toEqual({ active: false });
    expect(server.isAccepted(token)).toBe(false);
  });

  it('are inactive once all are revoked, and new ones are not', async () => {
    const token = await server.mintToken({ opaque: true });
    server.revokeAllTokens();
    expect((await introspect(token)).body).toEqual({ active: false });
    expect(server.isAccepted(token)).toBe(false);
    expect(server.isAccepted(await server.mintToken({ opaque: true }))).toBe(true);
  });

  it('survive new keys', async () => {
    const token = await server.mintToken({ opaque: true });
    await server.rotateKeys();
    expect((await introspect(token)).body['active']).toBe(true);
  });

  it('are what everybody gets when it is started so', async () => {
    const other = await startAuthorization({ accessTokenFormat: 'opaque', audience: 'https://mine.test' });
    expect(await other.mintToken()).not.toContain('.');
    await other.close();
  });
});

describe('JWTs of the authorization stand-in', () => {
  it('cannot be introspected', async () => {
    const { status, body } = await introspect(await server.mintToken());
    expect([status, body['error']]).toEqual([400, 'unsupported_token_type']);
  });

  it('can be verified with the published keys', async () => {
    const jwks = await fetch(`${server.url}/jwks`);
    expect(jwks.headers.get('content-type')).toContain('application/jwk-set+json');
    expect((await verifyNow(await server.mintToken())).payload.sub).toBe('robot');
    expect(await jwks.text()).not.toContain('"d"');
  });

  it.each([{}, { keepKid: true }, { publishOld: true }])('are signed with a new key after %j', async (rotation) => {
    const old = await server.mintToken();
    await server.rotateKeys(rotation);
    const [newer, forged] = [await server.mintToken(), await server.signToken()];
    await expect(verifyNow(newer)).resolves.toBeDefined();
    await expect(verifyNow(forged)).resolves.toBeDefined();
    expect(headerOf(newer)['kid'] === headerOf(old)['kid']).toBe('keepKid' in rotation);
    if ('publishOld' in rotation) await expect(verifyNow(old)).resolves.toBeDefined();
    else await expect(verifyNow(old)).rejects.toThrow();
    expect([old, newer, forged].map(server.isAccepted)).toEqual([true, true, true]);
  });

  it('are no longer accepted once all are revoked', async () => {
    const tokens = [await server.mintToken(), await server.signToken()];
    server.revokeAllTokens();
    expect(tokens.map(server.isAccepted)).toEqual([false, false]);
    expect(server.isAccepted(await server.mintToken())).toBe(true);
  });
});

describe('tokens of a test’s own making', () => {
  it('look like real ones, but for what is changed', async () => {
    const [real, made] = [await server.mintToken({ scope: 'ci:read' }), await server.signToken({ scope: 'ci:read' })];
    expect(Object.keys(claimsOf(made)).sort()).toEqual(Object.keys(claimsOf(real)).sort());
    expect(headerOf(made)).toEqual(headerOf(real));
    expect(claimsOf(await server.signToken({ sub: 'ash', aud: undefined }))).toMatchObject({ sub: 'ash' });
    expect(claimsOf(await server.signToken({ aud: undefined }))).not.toHaveProperty('aud');
  });

  it('are not accepted when expired or signed by somebody else', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    expect(server.isAccepted(await server.signToken({ exp: 1 }))).toBe(false);
    expect(server.isAccepted(await server.signToken({}, { key: privateKey }))).toBe(false);
  });

  it('can be unsigned, or signed with the public key as a secret', async () => {
    expect(await server.signToken({}, { alg: 'none', kid: null })).toMatch(/^[\w-]+\.[\w-]+\.$/);
    const pem = server.publicKeyPem();
    const token = await server.signToken({}, { alg: 'HS256', typ: null, key: pem });
    expect(headerOf(token)).toEqual({ alg: 'HS256', kid: expect.any(String) });
    await expect(jwtVerify(token, Buffer.from(pem))).resolves.toBeDefined();
    const [header, payload, signature = ''] = (await server.mintToken()).split('.');
    const mark = Buffer.from(signature, 'base64url');
    expect(verify('sha256', Buffer.from(`${header}.${payload}`), createPublicKey(pem), mark)).toBe(true);
  });
});
