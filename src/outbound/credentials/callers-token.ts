import { currentContext } from '../../platform/context/request-context.ts';
import type { Caller } from '../../platform/context/caller.ts';
import type { Secret } from '../../platform/secret.ts';
import { callError } from '../errors/call-error.ts';
import type { Call } from '../http/call.ts';
import { ProviderOptions } from '../provider-options.ts';
import type { CredentialKind } from './credential-kind.ts';
import { toCallersPrincipal, type Principal } from './principal.ts';
import { BEARER, lowerCased, type TokenPlacement } from './token-placement.ts';
import { TokenSource } from './token-source.ts';

/**
 * Calls present the access token that our own caller came with, or that is behind their session: for upstreams that
 * trust the same authorization server and are meant to know who asks. Only for routes that are not public.
 */
export const callersToken = (placement: TokenPlacement = BEARER): CredentialKind => ({
  placement: lowerCased(placement),
  optionsType: ProviderOptions,
  createSource: () => new CallersToken(),
});

class CallersToken extends TokenSource {
  /** One caller may make many calls. */
  readonly #principals = new WeakMap<Caller, Principal>();

  principal(): Principal | undefined {
    const caller = currentContext()?.caller;
    if (caller === undefined) return undefined;
    const known = this.#principals.get(caller);
    if (known) return known;
    const principal = toCallersPrincipal(caller);
    this.#principals.set(caller, principal);
    return principal;
  }

  read(call: Call): Promise<Secret> {
    return call.caller ? Promise.resolve(call.caller.token) : Promise.reject(nobody(call));
  }
}

const nobody = (call: Call): Error =>
  callError(call, {
    code: 'upstream_rejected',
    reason: "it wants its caller's own token, and nobody is logged in here",
    sent: false,
    transient: false,
  });
