import { describe, expect, it } from '@jest/globals';
import { compileQuery } from './check-query.ts';
import { isSoundQuery } from './is-sound-query.ts';

const refused = compileQuery(['limit', 'a b', 'é', 'x+y']);

describe('a route that allows some keys of a query', () => {
  it.each([
    ['admin=1', ['admin']],
    ['limit=1&admin=1&debug', ['admin', 'debug']],
    ['admin=1&admin=2', ['admin']],
    ['Limit=1', ['Limit']],
    ['limit%00=1', ['limit\0']],
    ['limit[]=1', ['limit[]']],
    ['=1', ['']],
    ['limit=1;admin=1', ['admin']],
    ['%61dmin=1', ['admin']],
    ['limit%3Dadmin', ['limit=admin']],
    ['__proto__=1&constructor', ['__proto__', 'constructor']],
    ['limit%=1', ['limit%']],
    ['%ff=1', ['%ff']],
    ['%c0%af=1', ['%c0%af']],
    ['limit=%zz', ['limit']],
    ['limit=1%', ['limit']],
    ['x+y=1', ['x y']],
  ])('refuses %j for %j', (query, keys) => expect(refused(query)).toEqual(keys));

  it.each([
    '',
    '&',
    '&&limit=1&',
    'limit',
    'limit=',
    'limit=1&limit=2',
    'limit=a=b',
    'l%69mit=1',
    'a+b=1',
    'a%20b=1',
    '%c3%a9=1',
    'x%2By=1',
    'limit=%ff',
  ])('takes %j', (query) => expect(refused(query)).toEqual([]));

  it('may allow the key that is empty, or none at all', () => {
    expect(compileQuery([''])('=1')).toEqual([]);
    expect(compileQuery([])('a')).toEqual(['a']);
  });
});

describe('a route that says nothing about queries', () => {
  it('takes anything', () => expect(compileQuery(undefined)('%&=;[]')).toEqual([]));
});

describe('isSoundQuery', () => {
  it.each(['a b', 'a\tb', 'a\r\n', 'a\0', 'é', '\x7f', 'a#b', '"', '<', '>'])('refuses %j', (query) =>
    expect(isSoundQuery(query)).toBe(false),
  );

  it.each(['', 'a=1&b=%20+', 'a[]=1', "{|}^`\\'!$;:@/?~", '%', 'http://a/?b=c'])('takes %j', (query) =>
    expect(isSoundQuery(query)).toBe(true),
  );
});
