import { defineConfig, type ConfigSection } from '../platform/config/define-config.ts';
import { checkCombinations } from './check-combinations.ts';
import type { OperationOptions } from './http/operation.ts';
import { ProviderOptions } from './provider-options.ts';

/** One external service: where it is, how patiently it is called, how single operations differ. */
export interface ProviderDefinition {
  readonly name: string;
  readonly config: ConfigSection<ProviderOptions>;
  readonly operations: Readonly<Record<string, OperationOptions>>;
}

export interface ProviderDefaults extends Partial<ProviderOptions> {
  /** Operations that need options of their own, by the name their calls use. */
  readonly operations?: Readonly<Record<string, OperationOptions>>;
}

/**
 * Declares a provider. Each option is read from the environment first: `attemptTimeoutMs` of `pokeapi` from
 * `POKEAPI_ATTEMPT_TIMEOUT_MS`, `baseUrl` from `POKEAPI_URL`; then from here; then its default.
 * @throws TypeError when `name` is not lower-case letters, digits and dashes
 */
export const defineProvider = (
  name: string,
  { operations = {}, ...defaults }: ProviderDefaults,
): ProviderDefinition => {
  if (!/^[a-z][a-z\d-]{0,62}$/.test(name)) throw new TypeError(`Provider name "${name}": use a-z, 0-9 and dashes`);
  const config = defineConfig(`provider:${name}`, {
    type: ProviderOptions,
    prefix: `${name.replaceAll('-', '_').toUpperCase()}_`,
    defaults,
    check: (options, variableOf) => checkCombinations(options, operations, variableOf),
  });
  return { name, config, operations };
};
