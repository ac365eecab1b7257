import { describe, expect, it } from '@jest/globals';
import { buildCall } from '../../../test/support/build-call.ts';
import { Secret } from '../../platform/secret.ts';
import { BEARER, ownCredential, withToken, type TokenPlacement } from './token-placement.ts';

const TOKEN = new Secret('s3cret');

describe('a token', () => {
  it.each<[TokenPlacement, Record<string, string>]>([
    [BEARER, { authorization: 'Bearer s3cret' }],
    [{ header: 'authorization', scheme: 'Token' }, { authorization: 'Token s3cret' }],
    [{ header: 'x-api-key' }, { 'x-api-key': 's3cret' }],
  ])('is placed in a header: %j', (placement, headers) => {
    const call = buildCall({ headers: { accept: 'text/plain' } });
    const sent = withToken(call, placement, TOKEN);
    expect([sent.headers, sent.path]).toEqual([{ accept: 'text/plain', ...headers }, call.path]);
    expect(call.headers).toEqual({ accept: 'text/plain' });
  });

  it.each([
    ['/things', '/things?api_key=s3cret'],
    ['/things?page=2', '/things?page=2&api_key=s3cret'],
    ['/things?q=a%3Fb', '/things?q=a%3Fb&api_key=s3cret'],
    ['/a%3Fb', '/a%3Fb?api_key=s3cret'],
  ])('is placed in the query of %s', (path, expected) => {
    const call = buildCall({ path });
    const sent = withToken(call, { query: 'api_key' }, TOKEN);
    expect([sent.path, sent.headers, call.path]).toEqual([expected, {}, path]);
  });

  it.each(['a&b=c', 'a#b', 'a+b', 'a b', 'a%20b', 'ä', '\u{1F511}', 'a/b?c', '=='])(
    'says nothing else in a query, whatever is in it: %j',
    (value) => {
      const { path } = withToken(buildCall({ path: '/things?page=2' }), { query: 'api_key' }, new Secret(value));
      const { searchParams, hash } = new URL(path, 'http://upstream.example');
      expect([[...searchParams], hash]).toEqual([
        [
          ['page', '2'],
          ['api_key', value],
        ],
        '',
      ]);
    },
  );
});

describe('the place of a token', () => {
  it('is taken by a header of the call, and by no other', () => {
    expect(ownCredential(buildCall({ headers: { authorization: 'Basic x' } }), BEARER)).toBe('Basic x');
    expect(ownCredential(buildCall({ headers: { cookie: 'a=b' } }), BEARER)).toBeUndefined();
    expect(
      ownCredential(buildCall({ headers: { authorization: 'Basic x' } }), { header: 'x-api-key' }),
    ).toBeUndefined();
    expect(ownCredential(buildCall({ headers: { authorization: 'Basic x' } }), { query: 'api_key' })).toBeUndefined();
  });
});
