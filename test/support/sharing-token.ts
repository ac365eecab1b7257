import { ClientCredentialsToken } from '../../src/outbound/credentials/client-credentials-token.ts';
import type { TokenIssuer, TokenRequest } from '../../src/outbound/credentials/token-issuer.ts';
import { SystemClock, type Clock } from '../../src/platform/clock.ts';
import { openVault, type VaultInstance } from './open-vault.ts';
import { buildCall } from './build-call.ts';
import { readFrom } from './build-token.ts';

/** The client credentials token of one instance of the application, whose vault is in Redis. */
export interface SharingToken extends VaultInstance {
  readonly token: ClientCredentialsToken;
  read(): Promise<string>;
  /** The token it held was refused; it reads another one. */
  renew(): Promise<string | undefined>;
}

interface SharingSetup {
  readonly url: string;
  readonly issuer: TokenIssuer;
  /** Of the token, not of the vault. */
  readonly clock?: Clock;
  readonly request?: TokenRequest;
}

/** Opens one, connected; close it when done. */
export const openSharingToken = async ({
  url,
  issuer,
  clock = new SystemClock(),
  request = { scope: 'read' },
}: SharingSetup): Promise<SharingToken> => {
  const instance = await openVault(url);
  await instance.connected();
  const { vault } = instance;
  const token = new ClientCredentialsToken({ provider: 'fixture', clock, vault, issuer: () => issuer, request });
  return {
    ...instance,
    token,
    read: () => readFrom(token),
    renew: async () => (await token.renew(await token.read(buildCall()), buildCall()))?.reveal(),
  };
};
