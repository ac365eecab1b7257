import { describe, expect, it } from '@jest/globals';
import { buildToken } from '../../../test/support/build-token.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { TestIssuer } from '../../../test/support/test-issuer.ts';
import { Secret } from '../../platform/secret.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import { VaultUnavailable } from '../../platform/vault/vault.ts';

const granting = (...scopes: string[]): TestIssuer => new TestIssuer({ scopes });

describe('a token that allows less than was asked for', () => {
  it.each([
    ['read write admin', ['read'], 'write admin'],
    ['read', [], 'read'],
    ['read', ['READ', 'reader', ''], 'read'],
  ])('is an error that names what is missing: %j of %j', async (scope, granted, missing) => {
    const { read } = buildToken({ issuer: granting(...granted), request: { scope }, provider: 'harbour' });
    expect(await rejectionOf(read())).toMatchObject({
      code: 'upstream_rejected',
      provider: 'harbour',
      reason: `the authorization server granted less than was asked for; missing: ${missing}`,
      sent: false,
      transient: false,
    });
  });

  it('is kept for nobody, and asked for anew after a while only', async () => {
    const issuer = new TestIssuer({ scopes: ['read'] }, { scopes: ['write', 'read'] });
    const { read, clock, vault } = buildToken({ issuer, request: { scope: 'read write' } });
    await rejectionOf(read());
    const other = buildToken({ issuer, vault, clock, request: { scope: 'read write' } });
    await rejectionOf(read());
    expect(issuer.requests.length).toBe(1);
    expect(await other.read()).toBe('issued-2');
  });

  it.each([
    ['read write', ['write', 'read', 'more']],
    ['read', undefined],
    [undefined, []],
    [undefined, ['read']],
  ])('is not one that allows all of it, or more, or does not say: %j of %j', async (scope, scopes) => {
    const { read } = buildToken({ issuer: new TestIssuer({ scopes }), request: scope === undefined ? {} : { scope } });
    expect(await read()).toBe('issued-1');
  });
});

describe('tokens in a vault', () => {
  const pair = (one = {}, other = {}) => {
    const first = buildToken({ request: one });
    const { clock, issuer, vault } = first;
    return { first, second: buildToken({ clock, issuer, vault, request: other, provider: 'other' }), issuer, clock };
  };

  it('are for all who ask for the same', async () => {
    const { first, second, issuer } = pair();
    expect([await first.read(), await second.read(), issuer.requests.length]).toEqual(['issued-1', 'issued-1', 1]);
  });

  it.each([
    [{ scope: 'read' }, { scope: 'write' }],
    [{ scope: 'read' }, {}],
    [{ audience: 'https://a.example' }, { audience: 'https://b.example' }],
    [{ audience: 'x' }, { scope: 'x' }],
  ])('are not for those who ask for something else: %j, %j', async (one, other) => {
    const { first, second } = pair(one, other);
    expect([await first.read(), await second.read()]).toEqual(['issued-1', 'issued-2']);
  });

  it.each(['client', 'clientSecret'] as const)(
    'are not for another client, nor for this one with another secret: %s',
    async (which) => {
      const { vault, clock, read, issuer } = buildToken();
      await read();
      const others = new TestIssuer();
      Object.assign(others, { [which]: which === 'client' ? 'https://issuer.example other' : new Secret('another') });
      expect(await buildToken({ vault, clock, issuer: others }).read()).toBe('issued-1');
      expect([issuer.requests.length, others.requests.length]).toEqual([1, 1]);
    },
  );

  it('are as old as they are, wherever they come from', async () => {
    const { first, second, issuer, clock } = pair();
    await first.read();
    await clock.advance(79_999);
    expect(await second.read()).toBe('issued-1');
    await clock.advance(1);
    await second.read();
    await settled();
    expect([await second.read(), issuer.requests.length]).toEqual(['issued-2', 2]);
  });

  it('are taken from there at once, whoever asks for the next one meanwhile', async () => {
    const { first, second } = pair();
    await first.read();
    first.vault.tryLease = () => Promise.resolve(undefined);
    expect(await second.read()).toBe('issued-1');
  });

  it('are not taken from there when they are due', async () => {
    const { first, second, issuer, clock } = pair();
    await first.read();
    await clock.advance(80_000);
    expect([await second.read(), issuer.requests.length]).toEqual(['issued-2', 2]);
  });

  it('are done without when it is out of reach', async () => {
    const vault = new MemoryVault(buildToken().clock);
    const down = () => Promise.reject(new VaultUnavailable());
    Object.assign(vault, { get: down, put: down, tryLease: down });
    const { read, issuer, clock } = buildToken({ vault });
    expect([await read(), await read(), issuer.requests.length, clock.pending]).toEqual(['issued-1', 'issued-1', 1, 0]);
  });

  it.each(['get', 'put', 'tryLease'] as const)('hide no mistake of their own: %s', async (method) => {
    const { read, vault, issuer } = buildToken();
    const mistake = new TypeError('a bug');
    Object.assign(vault, { [method]: () => Promise.reject(mistake) });
    expect(await rejectionOf(read())).toBe(mistake);
    expect(issuer.requests.length).toBe(method === 'put' ? 1 : 0);
  });

  it('are asked for by this instance alone once others have had their time', async () => {
    const { read, vault, issuer, clock } = buildToken();
    const tryLease = vault.tryLease.bind(vault);
    // Somebody always has it.
    vault.tryLease = () => Promise.resolve(undefined);
    const reading = read();
    await settled();
    await clock.advance(9_900);
    expect(issuer.requests.length).toBe(0);
    await clock.advance(200);
    expect(await reading).toBe('issued-1');
    vault.tryLease = tryLease;
  });
});
