import { describe, expect, it } from '@jest/globals';
import { buildCall } from '../../../test/support/build-call.ts';
import { readFrom } from '../../../test/support/build-token.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { TestIssuer } from '../../../test/support/test-issuer.ts';
import { withEnvironment } from '../../../test/support/with-environment.ts';
import { MemoryVault } from '../../platform/vault/memory-vault.ts';
import { defineProvider } from '../define-provider.ts';
import type { ProviderOptions } from '../provider-options.ts';
import { clientCredentials, type ClientCredentialsDefaults } from './client-credentials.ts';
import { BEARER, ownCredential } from './token-placement.ts';

/** What a provider of that name asks the issuer for, and whom it stands for then. */
const askAs = async (name: string, defaults: ClientCredentialsDefaults = {}) => {
  const { config, credential } = defineProvider(name, { credential: clientCredentials(defaults) });
  const [clock, issuer] = [new FakeClock(), new TestIssuer()];
  const options: ProviderOptions = config();
  const vault = new MemoryVault(clock);
  const source = credential!.createSource({ provider: name, options, clock, vault, issuer: () => issuer });
  await readFrom(source);
  return { request: issuer.requests[0], principal: source.principal() };
};

describe('client credentials', () => {
  it('leave to the server what nobody says, and are a bearer token', async () => {
    expect((await askAs('wharf')).request).toEqual({});
    expect(clientCredentials().placement).toEqual(BEARER);
    expect(clientCredentials({ placement: { header: 'x-token' } }).placement).toEqual({ header: 'x-token' });
  });

  it('are for what the code says, unless the environment says otherwise', async () => {
    const defaults = { scope: 'read write', audience: 'https://code.example' };
    expect((await askAs('berth', defaults)).request).toEqual(defaults);
    const env = { BERTH_SCOPE: 'admin', BERTH_AUDIENCE: 'urn:other' };
    await withEnvironment(env, async () =>
      expect((await askAs('berth', defaults)).request).toEqual({ scope: 'admin', audience: 'urn:other' }),
    );
  });

  it('stand for the client and for what is asked, and for no caller', async () => {
    const asked = [{}, { scope: 'a' }, { audience: 'a' }, { scope: 'a', audience: 'a' }];
    const principals = await Promise.all(asked.map(async (defaults) => (await askAs('dock', defaults)).principal!));
    expect(new Set(principals.map(({ id }) => id)).size).toBe(4);
    expect(principals.map(({ isCaller }) => isCaller)).toEqual([false, false, false, false]);
    expect(principals[0]?.id).toContain('https://issuer.example harbour');
  });

  it.each([
    ['SCOPE', 'read  write', 'give scopes separated by single spaces'],
    ['SCOPE', 'read "write"', 'give scopes separated by single spaces'],
    ['AUDIENCE', 'two words', 'give a URI such as https://api.example.com'],
  ])('refuse %s=%j, and say why', (option, value, remedy) =>
    withEnvironment({ [`SLIP_${option}`]: value }, async () => {
      const { config } = defineProvider('slip', { credential: clientCredentials() });
      expect(() => config()).toThrow(`SLIP_${option}=${JSON.stringify(value)}: ${remedy}`);
      await withEnvironment({ [`SLIP_${option}`]: '' }, async () => void config());
    }),
  );

  it("are placed where it may be the call's own, however its header is written", () => {
    const { placement } = clientCredentials({ placement: { header: 'X-Token' } });
    expect(ownCredential(buildCall({ headers: { 'x-token': 'own' } }), placement)).toBe('own');
  });
});
