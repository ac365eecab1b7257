import { describe, expect, it } from '@jest/globals';
import { buildCaller } from '../../../test/support/build-caller.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { Secret } from '../../platform/secret.ts';
import { toCallersPrincipal, toStaticPrincipal } from './principal.ts';

const idOf = (own: Partial<Caller> = {}): string => toCallersPrincipal(buildCaller('ann', 'token', own)).id;

describe('the principal of a caller', () => {
  it.each<Partial<Caller>>([
    { issuer: 'https://other.example' },
    { subject: 'bob' },
    { clientId: 'cli' },
    { clientId: '' },
    { audience: [] },
    { audience: ['https://api.example', 'https://other.example'] },
    { scopes: [] },
    { scopes: ['read'] },
    { scopes: ['read write'] },
    { subject: 'ann","web' },
    // What one field ends with is not what the next one begins with.
    { issuer: 'https://issuer.exampl', subject: 'eann' },
  ])('is another one with %j', (own) => expect(idOf(own)).not.toBe(idOf()));

  it.each<[string, Partial<Caller>]>([
    ['token', { token: new Secret('another') }],
    ['end', { expiresAt: 1 }],
    ['order of scopes', { scopes: ['write', 'read'] }],
  ])('is the same with another %s', (_what, own) => expect(idOf(own)).toBe(idOf()));

  it('is the same in whatever order audiences are', () => {
    expect(idOf({ audience: ['b', 'a'] })).toBe(idOf({ audience: ['a', 'b'] }));
  });

  it('is a caller, and changes nothing of who they are', () => {
    const caller = buildCaller('ann', 'token', { scopes: ['write', 'read'], audience: ['b', 'a'] });
    expect(toCallersPrincipal(caller).isCaller).toBe(true);
    expect([caller.scopes, caller.audience]).toEqual([
      ['write', 'read'],
      ['b', 'a'],
    ]);
  });
});

describe('the principal of a static token', () => {
  it('is another one for each token, and the same for the same', () => {
    const ids = ['a', 'b', 'a ', ''].map((token) => toStaticPrincipal(new Secret(token)).id);
    expect(new Set(ids).size).toBe(4);
    expect(toStaticPrincipal(new Secret('a'))).toEqual({ id: ids[0], isCaller: false });
  });
});
