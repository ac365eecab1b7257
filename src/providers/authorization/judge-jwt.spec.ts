import { describe, expect, it } from '@jest/globals';
import { judgeJwt, type Expected } from './judge-jwt.ts';

const NOW = Date.UTC(2026, 0, 1);
const expected: Expected = { baseUrl: 'https://issuer', audience: 'api', tokenType: 'at+jwt', clockToleranceMs: 5_000 };

const inSeconds = (seconds: number): number => NOW / 1_000 + seconds;
const judge = (header: object = {}, claims: object = {}, tokenType: Expected['tokenType'] = 'at+jwt') =>
  judgeJwt(
    {
      header: { alg: 'RS256', typ: 'at+jwt', ...header },
      claims: { iss: 'https://issuer', aud: 'api', exp: inSeconds(60), ...claims },
    },
    { ...expected, tokenType },
    NOW,
  );

describe('judgeJwt', () => {
  it.each([{ crit: ['exp'] }, { crit: [] }, { kid: 7 }, { kid: 'k'.repeat(257) }])(
    'refuses %j as malformed',
    (header) => expect(judge(header)).toBe('malformed'),
  );

  it.each([undefined, 'none', 'None', 'HS256', 'HS384', 'HS512', 'RSA-OAEP', 'rs256', ['RS256'], 7])(
    'refuses the algorithm %j',
    (alg) => expect(judge({ alg })).toBe('not signed with an accepted algorithm'),
  );

  it.each(['RS256', 'PS384', 'ES512', 'EdDSA'])('takes the algorithm %s', (alg) =>
    expect(judge({ alg })).toBeUndefined(),
  );

  it.each<[unknown, Expected['tokenType'], boolean]>([
    ['at+jwt', 'at+jwt', true],
    ['AT+JWT', 'at+jwt', true],
    ['application/at+jwt', 'at+jwt', true],
    ['JWT', 'at+jwt', false],
    [undefined, 'at+jwt', false],
    ['at+jwt', 'jwt', true],
    ['JWT', 'jwt', true],
    [undefined, 'jwt', true],
    ['logout+jwt', 'jwt', false],
    ['', 'jwt', false],
    [null, 'jwt', false],
    [['at+jwt'], 'at+jwt', false],
  ])('of the type %j, where %s is wanted: %s', (typ, tokenType, isTaken) =>
    expect(judge({ typ }, {}, tokenType)).toBe(isTaken ? undefined : 'not an access token'),
  );

  it.each<[object, string | undefined]>([
    [{ exp: inSeconds(-4) }, undefined],
    [{ exp: inSeconds(-5) }, 'expired'],
    [{ nbf: inSeconds(5), iat: inSeconds(5) }, undefined],
    [{ nbf: inSeconds(6) }, 'not yet valid'],
    [{ iat: inSeconds(6) }, 'not yet valid'],
    [{ exp: null }, 'malformed'],
    [{ nbf: '0' }, 'malformed'],
    [{ iat: [] }, 'malformed'],
    [{ aud: ['x', 'api'] }, undefined],
    [{ aud: { api: true } }, 'for another audience'],
    [{ iss: ['https://issuer'] }, 'of another issuer'],
    [{ exp: 1e308 }, undefined],
    [{ exp: Infinity }, 'malformed'],
    [{ cnf: { jkt: 'k' } }, 'bound to a key'],
    [{ cnf: null }, 'bound to a key'],
    [{ events: {} }, 'not an access token'],
    [{ at_hash: 'h', c_hash: 'h' }, undefined],
  ])('with %j: %j', (claims, refusal) => expect(judge({}, claims)).toBe(refusal));

  it.each([{ at_hash: 'h' }, { c_hash: 'h' }])('knows ID tokens by %j where types do not tell', (claims) =>
    expect(judge({ typ: 'JWT' }, claims, 'jwt')).toBe('not an access token'),
  );
});
