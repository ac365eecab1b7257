import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { rejectionOf } from '../../support/rejection-of.ts';
import { buildAuthorization, type AuthorizationSetup, type BuiltAuthorization } from './build-authorization.ts';
import { startScripted, type ScriptedServer } from './scripted-server.ts';
import { briefly } from './server-under-test.ts';

const AUDIENCE = 'https://api.example.com';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'a' };

let server: ScriptedServer;
let other: ScriptedServer;
let built: BuiltAuthorization;

beforeEach(async () => {
  [server, other] = [await startScripted(), await startScripted()];
  server.answer('/jwks', { keys: [jwk] });
});
afterEach(async () => {
  await built.close();
  await Promise.all([server.close(), other.close()]);
});

const setUp = (setup: AuthorizationSetup = {}): BuiltAuthorization =>
  (built = buildAuthorization({ baseUrl: server.url, audience: AUDIENCE, ...setup }));

const sign = (issuer: string, header: object = { kid: 'a' }): Promise<string> =>
  new SignJWT({ scp: ['ci:read', 'ci:write'], sub: 'robot', azp: 'robot' })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', ...header })
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setExpirationTime('5m')
    .sign(privateKey);

const verify = async (token: string): Promise<string> => briefly(await built.tokens.verify(token));
const refused = async (reason: RegExp): Promise<void> =>
  expect(await rejectionOf(verify(await sign(server.url)))).toMatchObject({
    code: 'upstream_invalid_answer',
    reason: expect.stringMatching(reason),
  });

describe('a server that is not what it says', () => {
  it.each([
    ['another one', () => 'https://evil.example'],
    ['itself with a slash', () => `${server.url}/`],
    ['itself in capitals', () => server.url.replace('http', 'HTTP')],
    ['nobody', () => undefined],
    ['a number', () => 7],
  ])('is not believed when it gives its issuer as %s', async (_whom, issuer) => {
    setUp();
    server.describe(server.url, { issuer: issuer() });
    await refused(/AUTH_ISSUER|issuer/);
    expect(server.seen).toEqual(['GET /.well-known/openid-configuration']);
  });

  it.each(['/realms/a', '/realms/a/'])('is found below %s', async (path) => {
    const issuer = server.url + path;
    setUp({ baseUrl: issuer });
    server.describe(issuer);
    expect(await verify(await sign(issuer))).toBe('robot');
    expect(server.seen[0]).toBe('GET /realms/a/.well-known/openid-configuration');
  });

  it('is not followed to another origin, unless that is listed', async () => {
    other.answer('/jwks', { keys: [jwk] });
    server.describe(server.url, { jwks_uri: `${other.url}/jwks` });
    setUp();
    await refused(/AUTH_ORIGINS/);
    expect(other.seen).toEqual([]);
    await built.close();
    setUp({ origins: [other.url] });
    expect(await verify(await sign(server.url))).toBe('robot');
  });

  it.each([
    ['a huge document', '/.well-known/openid-configuration', 'x'.repeat(1_100_000), /larger/],
    ['a page', '/.well-known/openid-configuration', '<html>', /JSON|schema/],
    ['huge keys', '/jwks', `{"keys":["${'x'.repeat(1_100_000)}"]}`, /larger/],
    ['101 keys', '/jwks', { keys: Array.from({ length: 101 }, () => jwk) }, /JWK set/],
    ['no keys', '/jwks', {}, /JWK set/],
    ['a page for keys', '/jwks', '<html>', /JWK set/],
  ])('sends %s', async (_what, path, answer, reason) => {
    setUp();
    server.answer(path, answer);
    await refused(reason);
  });
});

describe('a set of keys', () => {
  it('serves although some of them are of no use', async () => {
    setUp();
    const [huge, secret] = [
      { ...jwk, n: 'x'.repeat(1_401) },
      { kty: 'oct', kid: 'a', k: 'c2VjcmV0' },
    ];
    server.answer('/jwks', { keys: [7, null, {}, huge, secret, { kty: 'PQ', kid: 'a' }, jwk] });
    expect(await verify(await sign(server.url))).toBe('robot');
  });

  it.each([{}, { kid: 'a' }])('with several that a token may mean (%j) is tried one by one', async (header) => {
    setUp();
    const other = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey.export({ format: 'jwk' });
    server.answer('/jwks', { keys: [{ ...other, kid: 'a' }, jwk] });
    const verdict = await built.tokens.verify(await sign(server.url, header));
    expect(verdict).toMatchObject({ caller: { clientId: 'robot', scopes: ['ci:read', 'ci:write'] } });
  });

  it('of weak keys verifies nothing', async () => {
    setUp();
    const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 });
    server.answer('/jwks', { keys: [{ ...weak.publicKey.export({ format: 'jwk' }), kid: 'a' }] });
    expect(await verify(await sign(server.url))).toBe('signature does not verify');
  });
});

describe('AUTH_TOKEN_TYPE=jwt', () => {
  it.each([{ typ: 'JWT' }, { typ: undefined }, { typ: 'application/at+jwt' }])('takes %j as well', async (header) => {
    setUp({ tokenType: 'jwt' });
    expect(await verify(await sign(server.url, { kid: 'a', ...header }))).toBe('robot');
  });
});
