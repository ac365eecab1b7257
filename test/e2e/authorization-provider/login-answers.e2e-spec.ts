import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { Secret } from '../../../src/platform/secret.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { buildAuthorization, type BuiltAuthorization } from './build-authorization.ts';
import { startScripted, type ScriptedServer } from './scripted-server.ts';

const LOGIN = {
  redirectUri: 'http://127.0.0.1:9/cb',
  state: 'the-state',
  nonce: 'the-nonce',
  codeVerifier: 'v'.repeat(43),
};
const callbackUrl = new URL(`${LOGIN.redirectUri}?code=the-code&state=the-state`);
const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let server: ScriptedServer;
let built: BuiltAuthorization;

beforeEach(async () => {
  server = await startScripted();
  server.describe(server.url, { id_token_signing_alg_values_supported: ['ES256', 'HS256'] });
  server.answer('/jwks', { keys: [signer.publicKey.export({ format: 'jwk' })] });
  built = buildAuthorization({
    baseUrl: server.url,
    clientId: 'breakwater',
    clientSecret: 'the-client-secret',
    audience: 'api',
  });
});
afterEach(async () => {
  await built.close();
  await server.close();
});

interface Spoilt {
  readonly key?: Parameters<SignJWT['sign']>[0];
  readonly alg?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
}

const idToken = ({ key = signer.privateKey, alg = 'ES256', claims = {} }: Spoilt = {}): Promise<string> => {
  const now = Math.floor(Date.now() / 1_000);
  const usual = { iss: server.url, aud: 'breakwater', sub: 'ash', nonce: LOGIN.nonce, iat: now, exp: now + 60 };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg }).sign(key);
};

const finish = async (answer: object): Promise<unknown> => {
  server.answer('/token', { access_token: 'the-access-token', token_type: 'Bearer', ...answer });
  return built.client.finishLogin({ ...LOGIN, callbackUrl });
};

describe('the answer to a code', () => {
  it('is enough with an ID token alone: what it leaves out is as it was asked for, and short-lived', async () => {
    expect(await finish({ id_token: await idToken() })).toEqual({
      issuer: server.url,
      subject: 'ash',
      audience: ['api'],
      scopes: ['openid', 'profile', 'offline_access'],
      accessToken: new Secret('the-access-token'),
      accessTokenLifeMs: 60_000,
    });
    expect(server.last.form.has('resource')).toBe(false);
  });

  it.each<[string, Spoilt]>([
    ['signed by somebody else', { key: stranger.privateKey }],
    ['signed with the client secret', { alg: 'HS256', key: Buffer.from('the-client-secret'.padEnd(32)) }],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['for another client', { claims: { aud: 'other' } }],
    ['for several, and not mainly us', { claims: { aud: ['breakwater', 'other'], azp: 'other' } }],
    ['that is over', { claims: { exp: Math.floor(Date.now() / 1_000) - 60 } }],
    ['of nobody', { claims: { sub: undefined } }],
    ['of an empty name', { claims: { sub: '' } }],
  ])('is of no use with an ID token %s', async (_what, spoilt) => {
    const failure = await rejectionOf(finish({ id_token: await idToken(spoilt) }));
    expect(failure).toMatchObject({ code: 'upstream_invalid_answer', operation: 'exchangeCode' });
  });

  it.each([
    ['no ID token', {}],
    ['no access token', { access_token: undefined }],
    ['a token to be bound to a key', { token_type: 'mac' }],
    ['a life that is no number', { expires_in: 'long' }],
    ['scopes that are no text', { scope: ['a'] }],
  ])('is of no use with %s', async (_what, answer) => {
    const failure = await rejectionOf(
      finish({ ...(Object.keys(answer).length ? { id_token: await idToken() } : {}), ...answer }),
    );
    expect(failure).toMatchObject({ code: 'upstream_invalid_answer' });
  });

  it('names nobody at length', async () => {
    expect(await finish({ id_token: await idToken({ claims: { name: 'A'.repeat(1_000) } }) })).toMatchObject({
      name: 'A'.repeat(200),
    });
  });

  it('fails without repeating anything of it', async () => {
    server.answer('/token', (form, response) => {
      response.statusCode = 400;
      return { error: `bad ${form.get('code')!}`, error_description: `the-client-secret ${form.get('code')!}` };
    });
    const failure = (await rejectionOf(built.client.finishLogin({ ...LOGIN, callbackUrl }))) as Error;
    expect(failure).toMatchObject({ code: 'upstream_rejected', reason: 'status 400' });
    expect(`${failure.message} ${JSON.stringify(failure)}`).not.toMatch(/the-c/);
  });
});
