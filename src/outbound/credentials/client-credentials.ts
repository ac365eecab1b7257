import { ScopeList, Text } from '../../platform/config/variables.ts';
import { ProviderOptions } from '../provider-options.ts';
import { ClientCredentialsToken } from './client-credentials-token.ts';
import type { CredentialKind } from './credential-kind.ts';
import { BEARER, lowerCased, type TokenPlacement } from './token-placement.ts';

/** Options of a provider that presents tokens which the authorization server issues to this application. */
export class ClientCredentialsOptions extends ProviderOptions {
  /** Scopes to ask for, separated by spaces. Default: the server's own choice. */
  @ScopeList()
  scope?: string;

  /** For whom tokens are asked: a resource indicator (RFC 8707). Default: the server's own choice. */
  @Text(/^[\x21-\x7e]{1,256}$/, 'give a URI such as https://api.example.com')
  audience?: string;
}

export interface ClientCredentialsDefaults {
  readonly scope?: string;
  readonly audience?: string;
  /** Default: `Authorization: Bearer …`. */
  readonly placement?: TokenPlacement;
}

/**
 * Calls present a token that the authorization server issues to this application (RFC 6749 §4.4). What is asked for can
 * be tuned: `<NAME>_SCOPE`, `<NAME>_AUDIENCE`.
 */
export const clientCredentials = ({
  placement = BEARER,
  ...defaults
}: ClientCredentialsDefaults = {}): CredentialKind => ({
  placement: lowerCased(placement),
  optionsType: ClientCredentialsOptions,
  createSource: (parts) => {
    const { scope = defaults.scope, audience = defaults.audience } = parts.options as ClientCredentialsOptions;
    return new ClientCredentialsToken({ ...parts, request: { scope, audience } });
  },
});
