import { describe, expect, it } from '@jest/globals';
import { buildCall } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { MeasuringMetrics } from '../../../test/support/measuring.ts';
import { TestIssuer } from '../../../test/support/test-issuer.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import { VaultUnavailable, type Vault } from '../../platform/vault/vault.ts';
import { ClientCredentialsToken } from './client-credentials-token.ts';
import { TokenMetrics } from './token-metrics.ts';

const setUp = (issuer: TestIssuer, clock = new FakeClock()) => {
  const metrics = new MeasuringMetrics();
  const tokenMetrics = new TokenMetrics(metrics);
  const open = (provider: string, vault: Vault) =>
    new ClientCredentialsToken({ provider, clock, vault, issuer: () => issuer, request: {}, tokenMetrics });
  const counts = async (): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await metrics.read('breakwater_token_requests_total')).map(({ labels, value }) => [
        `${labels['breakwater_provider']} ${labels['breakwater_outcome']}`,
        value,
      ]),
    );
  return { open, counts, vault: new MemoryVault(clock), clock, metrics };
};

describe('TokenMetrics', () => {
  it('counts a token once, for all calls that use it, and again when it is renewed', async () => {
    const { open, counts, vault, clock } = setUp(new TestIssuer());
    const token = open('harbour', vault);
    await Promise.all([token.read(buildCall()), token.read(buildCall())]);
    await token.read(buildCall());
    expect(await counts()).toEqual({ 'harbour issued': 1 });
    await clock.advance(100_000);
    await token.read(buildCall());
    expect(await counts()).toEqual({ 'harbour issued': 2 });
  });

  it('tells apart those that another had got', async () => {
    const { open, counts, vault } = setUp(new TestIssuer());
    await open('harbour', vault).read(buildCall());
    await open('pier', vault).read(buildCall());
    expect(await counts()).toEqual({ 'harbour issued': 1, 'pier shared': 1 });
  });

  it('counts a failure once, however many calls it fails', async () => {
    const { open, counts, vault } = setUp(new TestIssuer(new Error('no')));
    const token = open('harbour', vault);
    for (let calls = 0; calls < 3; calls += 1) await token.read(buildCall()).catch(() => undefined);
    expect(await counts()).toEqual({ 'harbour failed': 1 });
  });

  it('counts a token that allows less than was asked for as a failure', async () => {
    const issuer = new TestIssuer({ scopes: ['read'] });
    const { counts, vault, clock, metrics } = setUp(issuer);
    const parts = { provider: 'harbour', clock, vault, issuer: () => issuer, request: { scope: 'read write' } };
    const token = new ClientCredentialsToken({ ...parts, tokenMetrics: new TokenMetrics(metrics) });
    await token.read(buildCall()).catch(() => undefined);
    expect(await counts()).toEqual({ 'harbour failed': 1 });
  });

  it('counts what is asked for without a vault, too', async () => {
    const { open, counts, vault } = setUp(new TestIssuer());
    vault.get = () => Promise.reject(new VaultUnavailable());
    await open('harbour', vault).read(buildCall());
    expect(await counts()).toEqual({ 'harbour issued': 1 });
  });

  it('tells nothing of the tokens', async () => {
    const { open, vault, metrics } = setUp(new TestIssuer());
    await open('harbour', vault).read(buildCall());
    expect(await metrics.scrape()).not.toContain('issued-1');
  });
});
