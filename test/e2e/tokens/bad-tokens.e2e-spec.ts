import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../../support/ask.ts';
import type { AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { byHmac, byKey, craftJwt, currentKid, foreign, goodClaims } from './craft-jwt.ts';
import { expectInvalidToken, expectUntold } from './expect-refused.ts';
import { startTokenScene, type TokenScene } from './token-scene.ts';

let scene: TokenScene;
let kid: string;
beforeAll(async () => {
  scene = await startTokenScene();
  kid = await currentKid(scene.server);
});
afterAll(() => scene.close());

type Make = (server: AuthorizationStandIn) => Promise<string> | string;
type Case = [what: string, make: Make];

const now = (): number => Math.floor(Date.now() / 1_000);
const claims = (change: (server: AuthorizationStandIn) => object): Make => {
  return (server) => server.signToken(change(server) as Record<string, unknown>);
};

const CLAIMS: Case[] = [
  ['that has expired', claims(() => ({ exp: now() - 10 }))],
  ['that expired before there were computers', claims(() => ({ exp: -1e9 }))],
  ['without exp', claims(() => ({ exp: undefined }))],
  ['whose exp is text', claims(() => ({ exp: String(now() + 60) }))],
  ['whose exp is a list', claims(() => ({ exp: [now() + 60] }))],
  ['that is not yet valid', claims(() => ({ nbf: now() + 60 }))],
  ['that was issued in the future', claims(() => ({ iat: now() + 60 }))],
  ['whose nbf is text', claims(() => ({ nbf: '0' }))],
  ['for another audience', claims(({ otherAudience }) => ({ aud: otherAudience }))],
  ['for several others', claims(({ otherAudience }) => ({ aud: [otherAudience, 'x', null, 1] }))],
  ['for our audience in other letters', claims(({ audience }) => ({ aud: audience.toUpperCase() }))],
  ['for our audience and more in one text', claims(({ audience }) => ({ aud: `${audience} https://other.test` }))],
  ['for our audience, nested', claims(({ audience }) => ({ aud: [[audience]] }))],
  ['without aud', claims(() => ({ aud: undefined }))],
  ['of another issuer', claims(() => ({ iss: 'https://evil.example' }))],
  ['of our issuer with a slash', claims(({ issuer }) => ({ iss: `${issuer}/` }))],
  ['of our issuer among others', claims(({ issuer }) => ({ iss: [issuer, 'https://evil.example'] }))],
  ['without iss', claims(() => ({ iss: undefined }))],
  ['of nobody at all', claims(() => ({ sub: undefined, client_id: undefined }))],
];

const crafted = (header: object, sign?: (signed: Buffer) => Buffer | string): Make => {
  return (server) => craftJwt({ alg: 'RS256', typ: 'at+jwt', kid, ...header }, goodClaims(server), sign);
};

const UNSIGNED: Case[] = ['none', 'None', 'NONE', 'nOnE', '', 'none ', null, undefined, 0, ['none']].flatMap(
  (alg): Case[] => [
    [`with alg ${JSON.stringify(alg)} and no signature`, crafted({ alg }, () => '')],
    [`with alg ${JSON.stringify(alg)} and some signature`, crafted({ alg })],
  ],
);

/** All that a careless verifier might take for the shared secret. */
const SECRETS: readonly [string, (pem: string) => Buffer | string][] = [
  ['PEM', (pem) => pem],
  ['PEM without its last line break', (pem) => pem.trimEnd()],
  ['PEM with other line breaks', (pem) => pem.replaceAll('\n', '\r\n')],
  ['DER', (pem) => createPublicKey(pem).export({ type: 'spki', format: 'der' })],
  ['PKCS #1', (pem) => createPublicKey(pem).export({ type: 'pkcs1', format: 'pem' })],
  ['JWK', (pem) => JSON.stringify(createPublicKey(pem).export({ format: 'jwk' }))],
  ['modulus', (pem) => Buffer.from(createPublicKey(pem).export({ format: 'jwk' }).n!, 'base64url')],
  ['kid', () => kid],
  ['nothing', () => ''],
];
const SHARED: Case[] = SECRETS.map(([what, toSecret]) => [
  `signed by HS256 with the public key as the secret: ${what}`,
  (server) => crafted({ alg: 'HS256' }, byHmac(toSecret(server.publicKeyPem())))(server),
]);

const KEYS: Case[] = [
  ['of an unknown key', crafted({ kid: 'unknown' }, byKey(foreign.privateKey))],
  ['of a known key, signed with another', (server) => server.signToken({}, { key: foreign.privateKey })],
  ['of no key, signed with another', (server) => server.signToken({}, { kid: null, key: foreign.privateKey })],
  ['of a key that is a path', crafted({ kid: '../../../dev/null' }, byKey(foreign.privateKey))],
  ['of a key that is a number', crafted({ kid: 1 })],
  ['of a key that is an object', crafted({ kid: { toString: 'x' } })],
  ['of a key with a very long name', (server) => server.signToken({}, { kid: 'k'.repeat(1_000) })],
  ['of a key named like a property of all objects', crafted({ kid: '__proto__' })],
];

const TYPES: Case[] = [
  'JWT',
  'jwt',
  'id_token',
  'logout+jwt',
  'dpop+jwt',
  'application/jwt',
  'at+jwt ',
  '',
  7,
  null,
].map((typ) => [`of type ${JSON.stringify(typ)}`, (server) => craftTyped(server, typ)]);

/** Signed by the server itself: only its type is wrong. */
const craftTyped = async (server: AuthorizationStandIn, typ: unknown): Promise<string> =>
  server.signToken({}, { typ: typ as string });

const EXTENSIONS: Case[] = [
  ['with an extension nobody knows', crafted({ crit: ['exp'], exp: 1 })],
  ['with an unencoded payload', crafted({ crit: ['b64'], b64: false })],
  ['with an empty list of extensions', crafted({ crit: [] })],
];

const expectRefused = async (make: Make): Promise<Answer> => {
  const token = await make(scene.server);
  const answer = await scene.get(token);
  expectInvalidToken(answer);
  expectUntold(answer, scene.breakwater, token);
  return answer;
};

it('the application takes the tokens that these are made from', async () => {
  for (const token of [await scene.server.mintToken(), await scene.server.signToken()])
    expect((await scene.get(token)).status).toBe(200);
});

describe('a JWT is refused', () => {
  it.each([...CLAIMS, ...TYPES, ...UNSIGNED, ...SHARED, ...KEYS])('%s', async (_what, make) => {
    await expectRefused(make);
  });

  it.each(EXTENSIONS)('%s, whatever its signature is worth', async (_what, make) => {
    expect((await expectRefused(make)).headers.get('www-authenticate')).toContain('malformed');
  });

  it('in all these ways without asking the server for more than its keys, now and then', () => {
    expect(scene.hits('/jwks')).toBeLessThanOrEqual(6);
    expect(scene.hits('/token/introspection')).toBe(0);
  });

  // RFC 9068 §2.2 requires `sub`; a client's name must not pass for a user's (§5).
  it('without sub, although it names a client', async () => {
    await expectRefused(claims(() => ({ sub: undefined })));
  });
});
