import { describe, expect, it } from '@jest/globals';
import { buildOptions } from '../../../test/support/build-call.ts';
import type { ProviderOptions } from '../provider-options.ts';
import { Operation, isSafeMethod, type OperationOptions } from './operation.ts';

const operationOf = (declared: OperationOptions, own: Partial<ProviderOptions> = {}, method = 'GET'): Operation =>
  new Operation({ method, template: '/things/{}', name: 'getThing', declared, defaults: buildOptions(own) });

const PROVIDER = { cacheTtlMs: 1, staleWhileRevalidateMs: 2, staleIfErrorMs: 3, heuristicRatio: 0.4 };
const RESOLVED = { ttlMs: 1, staleWhileRevalidateMs: 2, staleIfErrorMs: 3, heuristicRatio: 0.4, refreshAhead: 'on' };

describe('the caching of an operation', () => {
  it('is what the provider says where it says nothing itself', () => {
    expect(operationOf({}, PROVIDER).cache).toEqual({ ...RESOLVED, bridgesSharedMaxAge: false });
    expect(operationOf({}).cache).toMatchObject({ ttlMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0 });
  });

  it.each<[OperationOptions['cache'] & object, object]>([
    [{ ttlMs: 10 }, { ttlMs: 10 }],
    [{ staleIfErrorMs: 30 }, { staleIfErrorMs: 30 }],
    [{ staleWhileRevalidateMs: 20 }, { staleWhileRevalidateMs: 20 }],
    [{ heuristicRatio: 0.5 }, { heuristicRatio: 0.5 }],
    [{ refreshAhead: 'off' }, { refreshAhead: 'off' }],
    [{ ttlMs: 0 }, { ttlMs: 0 }],
    [{}, {}],
  ])('is what it says itself, and the provider’s for the rest: %j', (declared, own) => {
    expect(operationOf({ cache: declared }, PROVIDER).cache).toEqual({
      ...RESOLVED,
      ...own,
      bridgesSharedMaxAge: true,
    });
  });

  it.each<[OperationOptions['cache'], ProviderOptions['cache']]>([
    ['off', 'shared'],
    [undefined, 'off'],
    [{ ttlMs: 10 }, 'off'],
    ['off', 'off'],
  ])('is off when it says %j and the provider %s', (declared, provider) => {
    expect(operationOf(declared === undefined ? {} : { cache: declared }, { cache: provider }).cache).toBe('off');
  });

  it.each([
    ['GET', true],
    ['HEAD', true],
    ['OPTIONS', true],
    ['TRACE', true],
    ['POST', false],
    ['PUT', false],
    ['PATCH', false],
    ['DELETE', false],
    ['QUERY', false],
    ['get', false],
  ])('may share what cannot be kept when asked by %s: %s', (method, expected) => {
    expect([isSafeMethod(method), operationOf({ collapse: true }, {}, method).collapse]).toEqual([expected, expected]);
    expect(operationOf({}, {}, method).collapse).toBe(false);
  });
});
