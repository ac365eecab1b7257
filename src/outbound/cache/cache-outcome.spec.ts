import { describe, expect, it } from '@jest/globals';
import { parseList, Token } from 'structured-headers';
import { toCacheStatus, type CacheOutcome, type Forwarding } from './cache-outcome.ts';

const FORWARDINGS: Forwarding[] = ['bypass', 'method', 'miss', 'uri-miss', 'vary-miss', 'request', 'stale', 'partial'];

describe('Cache-Status (RFC 9211)', () => {
  it.each<[CacheOutcome, string]>([
    [{}, 'pokeapi; hit'],
    [{ ttlMs: 60_000 }, 'pokeapi; hit; ttl=60'],
    [{ ttlMs: 999 }, 'pokeapi; hit; ttl=0'],
    [{ ttlMs: 0 }, 'pokeapi; hit; ttl=0'],
    [{ ttlMs: -0 }, 'pokeapi; hit; ttl=0'],
    [{ ttlMs: -1 }, 'pokeapi; hit; ttl=-1'],
    [{ ttlMs: -5_000, detail: 'stale-while-revalidate' }, 'pokeapi; hit; ttl=-5; detail=stale-while-revalidate'],
    [{ ttlMs: 2 ** 31 * 1_000 }, 'pokeapi; hit; ttl=2147483648'],
    [{ fwd: 'uri-miss' }, 'pokeapi; fwd=uri-miss'],
    [{ fwd: 'uri-miss', stored: false, collapsed: false }, 'pokeapi; fwd=uri-miss'],
    [{ fwd: 'uri-miss', stored: true, ttlMs: 60_000 }, 'pokeapi; fwd=uri-miss; ttl=60; stored'],
    [{ fwd: 'uri-miss', collapsed: true, stored: true }, 'pokeapi; fwd=uri-miss; stored; collapsed'],
    [{ fwd: 'uri-miss', detail: 'hit-for-miss' }, 'pokeapi; fwd=uri-miss; detail=hit-for-miss'],
    [
      { fwd: 'stale', fwdStatus: 304, ttlMs: 60_000, stored: true },
      'pokeapi; fwd=stale; fwd-status=304; ttl=60; stored',
    ],
    [
      { fwd: 'stale', fwdStatus: 503, ttlMs: -1_000, detail: 'stale-if-error' },
      'pokeapi; fwd=stale; fwd-status=503; ttl=-1; detail=stale-if-error',
    ],
  ])('of %j reads %j', (outcome, expected) => expect(toCacheStatus('pokeapi', outcome)).toBe(expected));

  it.each(FORWARDINGS)('is a structured list that others can read, with fwd=%s', (fwd) => {
    const outcome = { fwd, fwdStatus: 200, ttlMs: -1, stored: true, collapsed: true, detail: 'hit-for-miss' } as const;
    const [[name, parameters]] = parseList(toCacheStatus('poke-api2', outcome)) as [[Token, Map<string, unknown>]];
    expect(String(name)).toBe('poke-api2');
    expect(parameters.get('hit')).toBeUndefined();
    expect(String(parameters.get('fwd'))).toBe(fwd);
    expect([parameters.get('ttl'), parameters.get('stored'), parameters.get('fwd-status')]).toEqual([-1, true, 200]);
  });
});
