import { SecretText } from '../../platform/config/variables.ts';
import type { Secret } from '../../platform/secret.ts';
import { ProviderOptions } from '../provider-options.ts';
import type { CredentialKind } from './credential-kind.ts';
import { toStaticPrincipal, type Principal } from './principal.ts';
import { BEARER, lowerCased, type TokenPlacement } from './token-placement.ts';
import { TokenSource } from './token-source.ts';

/** Options of a provider that presents one and the same token. */
export class StaticTokenOptions extends ProviderOptions {
  /** The token; also from the file that `<NAME>_TOKEN_FILE` names. None: the provider is off. */
  @SecretText(1, /^[\x20-\x7e]+$/, 'give printable ASCII text: a header can hold nothing else')
  token?: Secret;
}

interface Presence {
  /** Without a token calls present nothing. Default false: then the provider is off. */
  readonly optional?: boolean;
}

/**
 * Calls present the token of `<NAME>_TOKEN`. Default: as `Authorization: Bearer …`; or
 * `{ header: 'authorization', scheme: 'Token' }`, `{ header: 'x-api-key' }`, `{ query: 'api_key' }`.
 */
export const staticToken = (
  placement: TokenPlacement = BEARER,
  { optional = false }: Presence = {},
): CredentialKind => ({
  placement: lowerCased(placement),
  optionsType: StaticTokenOptions,
  isAbsent: (options) => optional && tokenOf(options) === undefined,
  createSource: ({ options }) => new StaticToken(tokenOf(options)),
});

const tokenOf = (options: ProviderOptions): Secret | undefined => (options as StaticTokenOptions).token;

class StaticToken extends TokenSource {
  override readonly missing: string | undefined;
  readonly #token: Promise<Secret>;
  readonly #principal: Principal | undefined;

  constructor(token: Secret | undefined) {
    super();
    this.missing = token === undefined ? 'a token' : undefined;
    this.#token = Promise.resolve(token!);
    this.#principal = token && toStaticPrincipal(token);
  }

  principal(): Principal | undefined {
    return this.#principal;
  }

  read(): Promise<Secret> {
    return this.#token;
  }
}
