import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { askRaw, speak } from '../../support/raw-http.ts';
import { craftJwt, goodClaims } from './craft-jwt.ts';
import { expectInvalidToken, expectUnauthenticated, expectUntold } from './expect-refused.ts';
import { startTokenScene, type TokenScene } from './token-scene.ts';

const PATH = '/api/v1/me';
/** More than any of these takes, also on a busy machine; a parser that goes astray takes minutes. */
const SOON_MS = 5_000;

let scene: TokenScene;
let good: string;
beforeAll(async () => {
  scene = await startTokenScene();
  good = await scene.server.mintToken();
});
afterAll(() => scene.close());

const url = (): string => scene.breakwater.url + PATH;
const header = { alg: 'RS256', typ: 'at+jwt', kid: 'x' };
const deep = (brackets: number): string => '['.repeat(brackets) + ']'.repeat(brackets);
const claimsWith = (more: string): string => `${JSON.stringify(goodClaims(scene.server)).slice(0, -1)},${more}}`;
const twice = (name: string): string =>
  claimsWith(`"${name}":${JSON.stringify(goodClaims(scene.server)[name])}`).replace(/:"[^"]*"/, ':"other"');

describe('garbage for a token is refused', () => {
  it.each<[string, () => string]>([
    ...[
      '.',
      '..',
      '...',
      '....',
      '.'.repeat(1_000),
      'a.b',
      'a.b.c',
      'a.b.c.d.e',
      'e30.e30.',
      'e30.e30.e30',
      '-._~+/=',
    ].map((token): [string, () => string] => [token.slice(0, 20), () => token]),
    ...['%00', '%2e%2e%2f', 'null', 'undefined', 'true', '0', '{}', '[]', '<script>', "'--", '"', '\\', '\t.\t'].map(
      (token): [string, () => string] => [JSON.stringify(token), () => token],
    ),
    ['a header that is no JSON', () => `${randomBytes(30).toString('base64url')}.e30.e30`],
    ['a header that is a list', () => craftJwt('[]', '{}')],
    ['a header that is null', () => craftJwt('null', '{}')],
    ['a header that is a number', () => craftJwt('1e999', '{}')],
    ['claims that are a list', () => craftJwt(header, '[]')],
    ['claims that are null', () => craftJwt(header, 'null')],
    ['claims that are text', () => craftJwt(header, '"sub"')],
    ['claims that are no UTF-8', () => craftJwt(header, 'x').replace('.eA.', '._____w.')],
    ['JSON that ends too early', () => craftJwt(header, '{"iss":')],
    ['a very deep header', () => craftJwt(`{"alg":"RS256","x":${deep(1_500)}}`, '{}')],
    ['very deep claims', () => craftJwt(header, claimsWith(`"x":${deep(1_500)}`))],
    ['huge numbers', () => craftJwt(header, claimsWith('"exp":1e999,"iat":-1e999'))],
    ['large numbers', () => craftJwt(header, claimsWith('"exp":1e308'))],
    ['a number of many digits', () => craftJwt(header, claimsWith(`"exp":${'9'.repeat(3_000)}`))],
    ['the same claim twice, the issuer', () => craftJwt(header, twice('iss'))],
    ['the same claim twice, the audience', () => craftJwt(header, twice('aud'))],
    ['the same header twice', () => craftJwt('{"alg":"none","alg":"RS256","typ":"at+jwt"}', goodClaims(scene.server))],
    ['a prototype', () => craftJwt('{"__proto__":{"alg":"RS256"}}', '{"__proto__":{"sub":"x"}}')],
    ['random text', () => randomBytes(32).toString('base64url')],
    [
      'random bytes that look like a JWT',
      () => [40, 200, 256].map((size) => randomBytes(size).toString('base64url')).join('.'),
    ],
    ['9 KB', () => 'a'.repeat(9_216)],
    ['9 KB of a JWT', () => craftJwt(header, claimsWith(`"x":"${'a'.repeat(6_000)}"`))],
  ])('%s', async (_what, make) => {
    const token = make();
    const answer = await ask(url(), { headers: { authorization: `Bearer ${token}` } });
    expectInvalidToken(answer);
    expectUntold(answer, scene.breakwater, token);
    expect(answer.durationMs).toBeLessThan(SOON_MS);
  });

  it.each(['tökën', '🔑.🔑.🔑', '\u0000', '\u00a0', 'ａｂｃ'])('%j', async (token) => {
    const bytes = Buffer.from(token).toString('latin1');
    const { status } = await askRaw(scene.breakwater.url, PATH, { Authorization: `Bearer ${bytes}` });
    // What no header may hold is no request at all (RFC 9110 §5.5).
    expect(status).toBe(token === '\u0000' ? 400 : 401);
  });

  it('100 KB', async () => {
    const token = `${'a'.repeat(50_000)}.${'b'.repeat(50_000)}.c`;
    const fields = `Host: test\r\nAuthorization: Bearer ${token}\r\n`;
    const answer = await speak(scene.breakwater.url, `GET ${PATH} HTTP/1.1\r\n${fields}\r\n`);
    expectInvalidToken(answer);
    expectUntold(answer, scene.breakwater, token);
  });
});

describe('a good token is refused', () => {
  it.each<[string, () => string]>([
    ['with a letter more', () => `${good}x`],
    ['with a letter less', () => good.slice(0, -1)],
    ['with blanks in it', () => good.replace('.', ' .')],
    ['twice in a row', () => `${good},${good}`],
    ['in quotes', () => `"${good}"`],
    [
      'with another payload',
      () => good.replace(/\.[^.]*\./, `.${Buffer.from('{"sub":"ash"}').toString('base64url')}.`),
    ],
    ['with a parameter', () => `${good}; realm=x`],
  ])('%s', async (_what, make) => {
    const answer = await ask(url(), { headers: { authorization: `Bearer ${make()}` } });
    expectInvalidToken(answer);
    expectUntold(answer, scene.breakwater, good);
  });

  // No JWT to us, so the server is asked; to the server it is one, and it says 400 `unsupported_token_type`.
  it('with padding', async () => expectInvalidToken(await scene.get(`${good}==`)));

  it.each(['Basic', 'Token', 'DPoP', 'MAC', 'Bearer:', 'Bearer,'])('under the scheme %s', async (scheme) => {
    const answer = await ask(url(), { headers: { authorization: `${scheme} ${good}` } });
    expectUnauthenticated(answer);
    expectUntold(answer, scene.breakwater, good);
  });

  it.each(['access_token', 'token', 'authorization', 'Authorization'])('in the query, as %s', async (name) => {
    const answer = await ask(`${url()}?${name}=${encodeURIComponent(good)}`);
    expectUnauthenticated(answer);
    expectUntold(answer, scene.breakwater, good);
  });

  it.each([['x-access-token'], ['proxy-authorization'], ['cookie']])('in the header %s', async (name) => {
    expectUnauthenticated(await ask(url(), { headers: { [name]: name === 'cookie' ? `session=${good}` : good } }));
  });

  it('in one of two Authorization headers, whichever comes first', async () => {
    for (const [one, other] of [
      [good, 'other'],
      ['other', good],
      [good, good],
    ]) {
      const fields = { authorization: `Bearer ${one}`, Authorization: `Bearer ${other}` };
      const answer = await askRaw(scene.breakwater.url, PATH, fields);
      expectInvalidToken(answer);
      expectUntold(answer, scene.breakwater, good);
    }
  });
});

it('no token at all is refused, and no error is named', async () => expectUnauthenticated(await ask(url())));

it('a good token is good after all that', async () => expect((await scene.get(good)).status).toBe(200));
