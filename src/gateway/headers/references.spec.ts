import { describe, expect, it } from '@jest/globals';
import { buildAnswer, buildResponseOptions, valuesOf } from '../../../test/support/build-answer.ts';
import type { ResponseOptions } from '../routes/route-options.ts';
import type { Answer } from './answer.ts';
import { compileResponseHeaders } from './response-headers.ts';

const ownOrigins = () => ['http://10.0.0.1:8000', 'https://api.example'];

type Parts = Partial<Answer> & { readonly basePath?: string; readonly location?: ResponseOptions['location'] };

const tellOf = (name: string, value: string, { basePath = '/api', location = 'rewrite', ...parts }: Parts = {}) => {
  const surroundings = { routeName: 'poke', isPublic: true, basePath, ownOrigins };
  const tell = compileResponseHeaders(buildResponseOptions({ location }), surroundings);
  return valuesOf(tell(buildAnswer({ [name]: value }, { status: 302, ...parts })), name)[0];
};

const locationOf = (value: string, parts?: Parts): string | undefined => tellOf('location', value, parts);

describe('a Location', () => {
  it.each([
    ['/auth/logout', 'our own page, outside their base'],
    ['/apiary', 'a path that only begins like their base'],
    ['/api/../console', 'a way out of their base'],
    ['/api/%2e%2e/console', 'a way out, encoded'],
    ['../../console', 'a relative way out'],
    ['http://10.0.0.1:8000/secret', 'their server, outside their base'],
    ['https://us.example/api/v1/calls', 'our own API: the base is theirs only', '/theirs'],
    ['https://us.example/gateway/other/x', 'another route of ours'],
    ['/gateway/poker', 'a route of ours that begins like theirs'],
    ['http://[', 'nothing at all'],
  ])('does not lead to %s: %s', (location, _what, basePath = '/api') => {
    expect(locationOf(location, { basePath })).toBeUndefined();
  });

  it.each([
    ['/api', '/gateway/poke'],
    ['/api/', '/gateway/poke/'],
    ['/api?a=1', '/gateway/poke?a=1'],
    ['/api/a/../b?c=%2F#d', '/gateway/poke/b?c=%2F#d'],
    ['/api//evil.example/a', '/gateway/poke//evil.example/a'],
    ['http://10.0.0.1:8000/api/b', '/gateway/poke/b'],
    ['HTTP://user:secret@10.0.0.1:8000/api/b', '/gateway/poke/b'],
    ['//api.example/api/b', '/gateway/poke/b'],
    ['https://us.example/api/b', '/gateway/poke/b'],
    ['https://us.example/gateway/poke/b', '/gateway/poke/b'],
    ['/gateway/poke/b', '/gateway/poke/b'],
    ['2', '/gateway/poke/things/2'],
    ['./2/', '/gateway/poke/things/2/'],
    ['?page=2', '?page=2'],
    ['#top', '#top'],
    ['/api/\u00c3\u00a9', '/gateway/poke/%C3%A9'],
  ])('within the upstream leads there through us: %j is %j', (location, ours) => {
    expect(locationOf(location)).toBe(ours);
  });

  it.each([
    'https://other.example/api/b',
    '//other.example/x',
    'http://10.0.0.1:8001/api',
    'myapp://us.example/console',
    'mailto:a',
  ])('elsewhere stays as it is: %j', (location) => expect(locationOf(location)).toBe(location));

  it('has what the route took off', () => expect(locationOf('/api/b', { stripped: '/v2' })).toBe('/gateway/poke/v2/b'));

  it('of an upstream without a base is any path', () => {
    expect(locationOf('/', { basePath: '' })).toBe('/gateway/poke/');
    expect(locationOf('/auth/logout', { basePath: '' })).toBe('/gateway/poke/auth/logout');
  });

  it('is theirs where the route says so', () => {
    expect(locationOf('/auth/logout', { location: 'pass' })).toBe('/auth/logout');
  });

  it('is there once', () => {
    const surroundings = { routeName: 'poke', isPublic: true, basePath: '', ownOrigins };
    const list = compileResponseHeaders(buildResponseOptions(), surroundings)(buildAnswer({ location: ['/a', '/b'] }));
    expect(valuesOf(list, 'location')).toEqual(['/gateway/poke/a']);
  });
});

describe('other references', () => {
  it('are not Content-Location, which nobody is sent to', () =>
    expect(tellOf('content-location', '/api/b')).toBe('/api/b'));

  it.each([
    ['5', '5'],
    ['5; url=/api/b', '5; url=/gateway/poke/b'],
    ['0;URL="/api/b"', '0;URL=/gateway/poke/b'],
    ["0,url='https://other.example/'", '0,url=https://other.example/'],
    ['0; url=/console', undefined],
    ['5; nonsense', '5; nonsense'],
  ])('are in Refresh: %j is %j', (theirs, ours) => expect(tellOf('refresh', theirs)).toBe(ours));
});
