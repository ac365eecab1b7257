import { describe, expect, it } from '@jest/globals';
import { permittedTrailers } from './permitted-trailers.ts';

describe('trailers that may be passed on', () => {
  it.each([
    ...['transfer-encoding', 'content-length', 'trailer', 'host', 'connection', 'te', 'upgrade', 'keep-alive'],
    ...['authorization', 'proxy-authorization', 'www-authenticate', 'cookie', 'set-cookie', 'set-cookie2'],
    ...['content-type', 'content-encoding', 'content-range', 'cache-control', 'vary', 'location', 'date', 'age'],
    ...['if-match', 'if-none-match', 'range', 'expect', 'max-forwards', 'x-forwarded-for', 'forwarded', 'via'],
  ])('do not include %s, though it was announced', (name) => {
    expect(permittedTrailers({ [name]: 'value' }, [name])).toEqual({});
  });

  it('are those that were announced', () => {
    const trailers = { 'x-checksum': 'abc', 'server-timing': ['a', 'b'], 'x-more': 'no', etag: undefined };
    expect(permittedTrailers(trailers, ['x-checksum', 'server-timing', 'etag'])).toEqual({
      'x-checksum': 'abc',
      'server-timing': ['a', 'b'],
    });
    expect(permittedTrailers(trailers)).toMatchObject({ 'x-more': 'no' });
  });

  it('do not include values that cannot be sent', () => {
    expect(permittedTrailers({ 'x-one': 'a\u0101', 'x-two': ['fine', 'a\u0000b'], 'x-three': 'fl\u00e9' })).toEqual({
      'x-three': 'fl\u00e9',
    });
  });

  it('are names as a whole, not parts of names', () => {
    const trailers = { 'x-host': '1', hosts: '2', 'my-trailer': '3', 'content-digest': '4', 'x-proxy-name': '5' };
    expect(permittedTrailers(trailers)).toEqual(trailers);
  });
});
