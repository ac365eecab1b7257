import { ClientCredentialsToken } from '../../src/outbound/credentials/client-credentials-token.ts';
import type { TokenRequest } from '../../src/outbound/credentials/token-issuer.ts';
import type { TokenSource } from '../../src/outbound/credentials/token-source.ts';
import { MemoryVault } from '../../src/platform/vault/memory-vault.ts';
import type { Vault } from '../../src/platform/vault/vault.ts';
import { buildCall } from './build-call.ts';
import { FakeClock } from './fake-clock.ts';
import { TestIssuer } from './test-issuer.ts';

interface TokenSetup {
  readonly clock?: FakeClock;
  readonly issuer?: TestIssuer;
  readonly vault?: Vault;
  readonly request?: TokenRequest;
  readonly provider?: string;
}

/** The client credentials token of one instance, at time 0, with all that it hangs on. */
export const buildToken = ({ request = {}, provider = 'fixture', ...own }: TokenSetup = {}) => {
  const { clock = new FakeClock(), issuer = new TestIssuer() } = own;
  const { vault = new MemoryVault(clock) } = own;
  const token = new ClientCredentialsToken({ provider, clock, vault, issuer: () => issuer, request });
  return { token, clock, issuer, vault, read: () => readFrom(token) };
};

/** What a call gets that nobody cancels. */
export const readFrom = async (token: TokenSource): Promise<string> => (await token.read(buildCall())).reveal();
