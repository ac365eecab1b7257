import type { Clock } from '../platform/clock.ts';
import type { ContractReports } from './contract/contract-reports.ts';
import type { CacheStore } from './cache/stores/cache-store.ts';
import type { ExplainFailure } from './define-provider.ts';
import type { CredentialKind, TokenSourceParts } from './credentials/credential-kind.ts';
import type { Resolver } from './egress/resolver.ts';
import type { Endpoints } from './endpoints/endpoints.ts';
import type { OperationOptions } from './http/operation.ts';
import type { ProviderOptions } from './provider-options.ts';
import type { CallReceipts } from './telemetry/call-receipts.ts';

/** What a provider is made of. */
export interface ProviderParts {
  readonly name: string;
  readonly options: ProviderOptions;
  readonly operations: Readonly<Record<string, OperationOptions>>;
  readonly clock: Clock;
  readonly receipts: CallReceipts;
  readonly store: CacheStore;
  readonly credential?: CredentialKind | undefined;
  readonly explainFailure?: ExplainFailure | undefined;
  readonly vault: TokenSourceParts['vault'];
  readonly issuer: TokenSourceParts['issuer'];
  readonly tokenMetrics?: TokenSourceParts['tokenMetrics'];
  readonly resolver?: Resolver;
  /** Told what the contract watch finds; default: nobody is. */
  readonly contractReports?: ContractReports | undefined;
  /** Its servers, where it has several; default: that of its URL. */
  readonly endpoints?: Endpoints;
  /** Gives [0, 1). */
  readonly random: () => number;
}
