import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/context/caller.ts';
import { Secret } from '../../platform/secret.ts';
import { toNetwork, toRateKey } from './rate-key.ts';

const request = (ip: string, remoteAddress?: string): FastifyRequest =>
  ({ ip, raw: { socket: { remoteAddress } } }) as FastifyRequest;

const caller = (parts: Partial<Caller> = {}): Caller => ({
  issuer: 'https://login.example.com',
  subject: 'ada',
  clientId: 'web',
  audience: [],
  scopes: [],
  expiresAt: 0,
  token: new Secret('a-token'),
  ...parts,
});

describe('a network', () => {
  it.each(['', 'unknown', '10.0.0.256', '10.0.0.1, 10.0.0.2', '_hidden', '::1::2', '12345::'])(
    'is not what %j stands for',
    (text) => {
      expect(toNetwork(text)).toBeUndefined();
    },
  );

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:203.0.113.9', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ])('of %s is %s', (address, network) => {
    expect(toNetwork(address)).toBe(network);
  });
});

describe('the key that a request is counted under', () => {
  it('is the address of who is connected when a proxy says nonsense', () => {
    expect(toRateKey(request('nonsense', '10.0.0.1'))).toBe('address:10.0.0.1');
    expect(toRateKey(request('x'.repeat(10_000)))).toBe('address:?');
  });

  it('is the caller, wherever the request comes from and whatever the token is', () => {
    const keys = [
      toRateKey(request('10.0.0.1'), caller()),
      toRateKey(request('10.0.0.2'), caller({ token: new Secret('another'), scopes: ['a'], expiresAt: 1 })),
    ];
    expect(new Set(keys).size).toBe(1);
  });

  it('tells callers apart by issuer, subject and client, however those are put together', () => {
    const { clientId: _none, ...withoutClient } = caller();
    const callers = [
      caller(),
      caller({ issuer: 'https://other.example.com' }),
      caller({ subject: 'grace' }),
      caller({ clientId: 'app' }),
      caller({ subject: 'adaw', clientId: 'eb' }),
      withoutClient,
    ];
    const keys = callers.map((each) => toRateKey(request('10.0.0.1'), each));
    expect(new Set(keys).size).toBe(callers.length);
  });

  it('shows nobody who the caller is, and is short', () => {
    const key = toRateKey(request('10.0.0.1'), caller({ subject: 'ada'.repeat(1_000) }));
    expect(key).toMatch(/^caller:[\w-]{43}$/);
  });
});
