import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { briefly, startServer, type ServerUnderTest } from './server-under-test.ts';

let subject: ServerUnderTest;

beforeAll(async () => {
  subject = await startServer();
});
afterAll(() => subject.close());

const judge = async (token: string): Promise<string> => briefly(await subject.tokens.verify(token));
const seconds = (): number => Math.floor(Date.now() / 1_000);
const foreign = generateKeyPairSync('rsa', { modulusLength: 2_048 });

describe('a JWT access token', () => {
  it('is taken as the server issues it, with what it says of its bearer', async () => {
    const token = await subject.server.mintToken({ scope: 'pokemon:read ci:read' });
    const verdict = await subject.tokens.verify(token);
    expect(verdict).toMatchObject({
      caller: {
        issuer: subject.server.issuer,
        subject: 'robot',
        clientId: 'robot',
        audience: [subject.server.audience],
        scopes: ['pokemon:read', 'ci:read'],
      },
    });
    expect('caller' in verdict && verdict.caller.token.reveal()).toBe(token);
    expect(JSON.stringify(verdict)).not.toContain(token);
  });

  it.each<[string, () => Readonly<Record<string, unknown>>, string]>([
    ['that is over', () => ({ exp: seconds() - 10 }), 'expired'],
    ['that has no end', () => ({ exp: undefined }), 'malformed'],
    ['whose end is text', () => ({ exp: String(seconds() + 60) }), 'malformed'],
    ['that begins later', () => ({ nbf: seconds() + 60 }), 'not yet valid'],
    ['that was issued in the future', () => ({ iat: seconds() + 60 }), 'not yet valid'],
    ['for another audience', () => ({ aud: subject.server.otherAudience }), 'for another audience'],
    ['for other audiences', () => ({ aud: ['a', 'b'] }), 'for another audience'],
    ['for no audience', () => ({ aud: undefined }), 'for another audience'],
    ['of another issuer', () => ({ iss: 'https://evil.example' }), 'of another issuer'],
    ['of our issuer but for a slash', () => ({ iss: `${subject.server.issuer}/` }), 'of another issuer'],
    ['of no issuer', () => ({ iss: undefined }), 'of another issuer'],
    ['of nobody', () => ({ sub: undefined, client_id: undefined }), 'malformed'],
    ['of a client for want of a user', () => ({ sub: undefined, client_id: 'web' }), 'malformed'],
    ['of a number', () => ({ sub: 7, client_id: 'web' }), 'malformed'],
    ['bound to a key', () => ({ cnf: { jkt: 'k' } }), 'bound to a key'],
  ])('%s is refused', async (_what, claims, refusal) => {
    expect(await judge(await subject.server.signToken(claims()))).toBe(refusal);
  });

  it.each<[string, () => Parameters<ServerUnderTest['server']['signToken']>[1], string]>([
    ['without a signature', () => ({ alg: 'none' }), 'not signed with an accepted algorithm'],
    [
      'with the public key for a secret',
      () => ({ alg: 'HS256', key: subject.server.publicKeyPem() }),
      'not signed with an accepted algorithm',
    ],
    ['of another type', () => ({ typ: 'logout+jwt' }), 'not an access token'],
    ['that could be an ID token', () => ({ typ: 'JWT' }), 'not an access token'],
    ['without a type', () => ({ typ: null }), 'not an access token'],
    ['signed by somebody else', () => ({ key: foreign.privateKey }), 'signature does not verify'],
    ['with a key nobody knows', () => ({ kid: 'unknown', key: foreign.privateKey }), 'signature does not verify'],
    ['with a very long key name', () => ({ kid: 'k'.repeat(257) }), 'malformed'],
  ])('%s is refused', async (_what, signing, refusal) => {
    expect(await judge(await subject.server.signToken({}, signing()))).toBe(refusal);
  });

  it.each<[string, (token: string) => string]>([
    ['with another payload', (token) => withPart(token, 1, { ...partOf(token, 1), scope: 'ci:write' })],
    ['with its signature cut off', (token) => token.slice(0, token.lastIndexOf('.') + 1)],
    ['that brings its own key', (token) => withPart(token, 0, { ...partOf(token, 0), jwk: jwkOf() })],
    [
      'that says where its keys are',
      (token) => withPart(token, 0, { ...partOf(token, 0), jku: 'http://127.0.0.1:1/' }),
    ],
    ['with an extension', (token) => withPart(token, 0, { ...partOf(token, 0), crit: ['exp'] })],
    ['without claims', (token) => withPart(token, 1, [])],
  ])('%s is refused', async (_what, spoil) => {
    const token = spoil(await subject.server.signToken());
    expect(await judge(token)).toMatch(/^(malformed|signature does not verify)$/);
  });

  it('garbage is refused by the server', async () => {
    expect(await judge(randomBytes(32).toString('base64url'))).toBe('not active');
    expect(await judge('not.a.jwt')).toBe('not active');
  });
});

const partOf = (token: string, index: number): object =>
  JSON.parse(Buffer.from(token.split('.')[index]!, 'base64url').toString()) as object;

const withPart = (token: string, index: number, part: object): string =>
  token
    .split('.')
    .with(index, Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');

const jwkOf = (): object => foreign.publicKey.export({ format: 'jwk' });
