import { defineConfig, type ConfigSection } from '../platform/config/define-config.ts';
import type { CredentialKind } from './credentials/credential-kind.ts';
import { checkCombinations } from './check-combinations.ts';
import type { OperationOptions } from './http/operation.ts';
import { ProviderOptions } from './provider-options.ts';

/** One external service: where it is, how patiently it is called, what it is presented, how single operations differ. */
export interface ProviderDefinition<T extends ProviderOptions = ProviderOptions> {
  readonly name: string;
  readonly config: ConfigSection<T>;
  readonly operations: Readonly<Record<string, OperationOptions>>;
  readonly credential: CredentialKind | undefined;
  readonly explainFailure: ExplainFailure | undefined;
}

/** Finds in the body of an error answer what it says of itself; undefined when it says nothing. */
export type ExplainFailure = (body: Buffer) => string | undefined;

/** What the code says of a provider; its options can be tuned by the environment. */
export type ProviderDefaults<T extends ProviderOptions = ProviderOptions> = Partial<T> & {
  /** Operations that need options of their own, by the name their calls use. */
  readonly operations?: Readonly<Record<string, OperationOptions>>;
  /** What its calls present: `staticToken`, `clientCredentials` or `callersToken`. Default: nothing. */
  readonly credential?: CredentialKind;
  /** For the log of whoever is on call: our callers see none of it. Default: the status has to say it all. */
  readonly explainFailure?: ExplainFailure;
  /** A class with options of the provider's own beside those that all have. */
  readonly optionsType?: new () => T;
  /** What its variables begin with. Default: its name, such as `POKEAPI_`. */
  readonly prefix?: string;
};

/**
 * Declares a provider. Each option is read from the environment first: `attemptTimeoutMs` of `pokeapi` from
 * `POKEAPI_ATTEMPT_TIMEOUT_MS`, `baseUrl` from `POKEAPI_URL`; then from here; then its default.
 * @throws TypeError when `name` is not lower-case letters, digits and dashes
 */
export const defineProvider = <T extends ProviderOptions = ProviderOptions>(
  name: string,
  { operations = {}, credential, explainFailure, optionsType, prefix, ...defaults }: ProviderDefaults<T>,
): ProviderDefinition<T> => {
  if (!/^[a-z][a-z\d-]{0,62}$/.test(name)) throw new TypeError(`Provider name "${name}": use a-z, 0-9 and dashes`);
  const config = defineConfig<T>(`provider:${name}`, {
    type: optionsType ?? (credential?.optionsType as new () => T) ?? ProviderOptions,
    prefix: prefix ?? `${name.replaceAll('-', '_').toUpperCase()}_`,
    defaults: defaults as unknown as Partial<T>,
    check: (options, variableOf) => checkCombinations(options, { operations, credential }, variableOf),
  });
  return { name, config, operations, credential, explainFailure };
};
