import type { Clock } from '../../platform/clock.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import type { ProviderOptions } from '../provider-options.ts';
import type { TokenMetrics } from './token-metrics.ts';
import type { TokenIssuer } from './token-issuer.ts';
import type { TokenPlacement } from './token-placement.ts';
import type { TokenSource } from './token-source.ts';

/** What a provider's tokens are made from. */
export interface TokenSourceParts {
  /** Name of the provider. */
  readonly provider: string;
  /** An instance of the kind's own `optionsType`. */
  readonly options: ProviderOptions;
  readonly clock: Clock;
  readonly vault: Vault;
  /** The authorization server, once the application is put together. @throws Error when none is bound */
  readonly issuer: () => TokenIssuer;
  /** Hears what became of requests for tokens. Default: nobody does. */
  readonly tokenMetrics?: Pick<TokenMetrics, 'note'> | undefined;
}

/** How a provider's calls are authorised: made by `staticToken`, `clientCredentials` or `callersToken`. */
export interface CredentialKind {
  readonly placement: TokenPlacement;
  /** The provider's options, with what this kind has to be told. */
  readonly optionsType: new () => ProviderOptions;
  /** Whether calls present nothing, and that is as it should be. Default: never. */
  readonly isAbsent?: (options: ProviderOptions) => boolean;
  readonly createSource: (parts: TokenSourceParts) => TokenSource;
}
