import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import { ApiClient } from '../../src/outbound/http/api-client.ts';
import { axiosOptions, trimDefaults } from '../../src/outbound/http/axios-defaults.ts';
import type { CredentialKind } from '../../src/outbound/credentials/credential-kind.ts';
import type { ExplainFailure } from '../../src/outbound/define-provider.ts';
import type { TokenIssuer } from '../../src/outbound/credentials/token-issuer.ts';
import type { OperationOptions } from '../../src/outbound/http/operation.ts';
import type { ProviderOptions } from '../../src/outbound/provider-options.ts';
import { Provider } from '../../src/outbound/provider.ts';
import type { CallReceipt } from '../../src/outbound/telemetry/call-receipt.ts';
import { MemoryStore } from '../../src/outbound/cache/stores/memory-store.ts';
import { CallReceipts } from '../../src/outbound/telemetry/call-receipts.ts';
import { SystemClock, type Clock } from '../../src/platform/clock.ts';
import { MemoryVault } from '../../src/platform/vault/memory-vault.ts';
import type { Vault } from '../../src/platform/vault/vault.ts';
import { buildOptions } from './build-call.ts';

export interface ProviderSetup extends Partial<ProviderOptions> {
  readonly operations?: Readonly<Record<string, OperationOptions>>;
  readonly clock?: Clock;
  readonly credential?: CredentialKind;
  readonly explainFailure?: ExplainFailure;
  readonly issuer?: () => TokenIssuer;
  readonly vault?: Vault;
}

/** A provider's run-time parts, without the rest of an application. */
export interface BuiltProvider {
  readonly provider: Provider;
  readonly http: HttpService;
  readonly client: ApiClient;
  /** Receipts of all calls that have ended. */
  readonly receipts: CallReceipt[];
}

/** Wires a provider named `fixture` as `OutboundModule` does. Waits between attempts are nil; close the provider when done. */
export const buildProvider = ({
  operations = {},
  clock = new SystemClock(),
  credential,
  explainFailure,
  issuer = refuseToIssue,
  vault = new MemoryVault(clock),
  ...own
}: ProviderSetup): BuiltProvider => {
  const published = new CallReceipts();
  const receipts: CallReceipt[] = [];
  published.listen((receipt) => void receipts.push(receipt));
  const store = new MemoryStore({ maxEntries: 100, maxBytes: 1_000_000, maxEntryBytes: 100_000 }, clock);
  const parts = { store, name: 'fixture', options: buildOptions(own), operations, clock, receipts: published };
  const provider = new Provider({ ...parts, credential, explainFailure, issuer, vault, random: () => 0 });
  const http = new HttpService(axios.create(axiosOptions(provider, clock)));
  trimDefaults(http.axiosRef);
  return { provider, http, client: new ApiClient(http, provider), receipts };
};

const refuseToIssue = (): never => {
  throw new TypeError('This provider was built without a TokenIssuer');
};
