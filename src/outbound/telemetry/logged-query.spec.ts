import { describe, expect, it } from '@jest/globals';
import { buildOptions } from '../../../test/support/build-call.ts';
import { checkCombinations } from '../check-combinations.ts';
import { readLoggedQuery } from './logged-query.ts';
import { newReceipt } from './new-receipt.ts';

describe('readLoggedQuery', () => {
  it.each([
    ['no query', '/things'],
    ['an empty query', '/things?'],
    ['no declared name', '/things?pages=2&PAGE=3&apage=4'],
    ['the name in the path', '/page=2'],
    ['the name within a value', '/things?next=a%26page%3D2'],
  ])('finds nothing in a path with %s', (_what, path) => {
    expect(readLoggedQuery(path, ['page'])).toBeUndefined();
  });

  it('gives the values of the declared names only, decoded', () => {
    const path = '/things?page=2&token=secret&sort=a%20b&page=3&empty=';
    expect(readLoggedQuery(path, ['page', 'sort', 'empty', 'absent'])).toEqual({
      page: '2, 3',
      sort: 'a b',
      empty: '',
    });
  });

  it('cuts what is long, and copes with what is broken', () => {
    expect(readLoggedQuery(`/?page=${'z'.repeat(1_000_000)}`, ['page'])).toEqual({ page: 'z'.repeat(100) });
    expect(readLoggedQuery('/?page=%zz%&%=1&&==', ['page'])).toEqual({ page: '%zz%' });
  });

  it('cannot be led to a prototype', () => {
    const query = readLoggedQuery('/?__proto__=x', ['__proto__']);
    expect(Object.getPrototypeOf(query)).toBe(Object.prototype);
  });
});

describe('a receipt', () => {
  const begun = { provider: 'fixture', method: 'GET', path: '/things?page=2&who=ada' };
  const operation = { name: 'listThings', template: '/things' };

  it('has no value of a query that its operation does not declare', () => {
    expect(newReceipt({ ...begun, operation }, 0)).not.toHaveProperty('query');
    expect(newReceipt({ ...begun, operation: { ...operation, loggedQuery: ['sort'] } }, 0)).not.toHaveProperty('query');
    expect(newReceipt({ ...begun, operation: { ...operation, loggedQuery: ['page'] } }, 0).query).toEqual({
      page: '2',
    });
  });
});

describe('loggedQuery', () => {
  it.each(['access_token', 'apiKey', 'X-Amz-Signature', 'client_secret', 'password', 'sessionId', ''])(
    'may not name %j',
    (name) => {
      const declared = { operations: { listThings: { loggedQuery: ['page', name] } }, credential: undefined };
      expect(checkCombinations(buildOptions(), declared, String)).toMatchObject([
        { variable: 'operation listThings: loggedQuery', value: name },
      ]);
    },
  );

  it('may name others', () => {
    const declared = { operations: { listThings: { loggedQuery: ['page', 'keyword'] } }, credential: undefined };
    expect(checkCombinations(buildOptions(), declared, String)).toEqual([]);
  });
});
