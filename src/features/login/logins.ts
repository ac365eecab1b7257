import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Secret } from '../../platform/secret.ts';
import { Vault, type VaultKey } from '../../platform/vault/vault.ts';
import { AuthorizationClient } from '../../providers/authorization/authorization.client.ts';
import type { LoginBegun } from '../../providers/authorization/login-steps.ts';
import type { SessionTokens } from '../../providers/authorization/session-tokens.ts';
import { isRandomId, newRandomId } from './random-id.ts';

/** How long a user may take at the authorization server. */
export const LOGIN_LIFETIME_MS = 600_000;

/** A login under way: between leaving for the authorization server and coming back. */
export interface Login extends LoginBegun {
  readonly returnTo: string;
}

export interface StartedLogin {
  /** For the browser that began it, and nobody else. */
  readonly id: string;
  readonly state: string;
  /** Where to send the browser. */
  readonly location: string;
}

const stored = z.object({
  redirectUri: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
});

/** Logins under way. All methods throw `VaultUnavailable`. */
@Injectable()
export class Logins {
  constructor(
    private readonly vault: Vault,
    private readonly authorization: AuthorizationClient,
  ) {}

  /** @throws UpstreamError */
  async begin(target: Pick<Login, 'redirectUri' | 'returnTo'>): Promise<StartedLogin> {
    const [id, state, nonce, codeVerifier] = [newRandomId(), newRandomId(), newRandomId(), newRandomId()];
    const { redirectUri, returnTo } = target;
    const begun: LoginBegun = { redirectUri, state, nonce, codeVerifier };
    const location = await this.authorization.beginLogin(begun);
    await this.vault.put(keyOf(id), JSON.stringify({ ...begun, returnTo }), LOGIN_LIFETIME_MS);
    return { id, state, location };
  }

  /** The login that this browser began with that state; it can be had once. A wrong state spends it, too. */
  async take(id: string | undefined, state: string): Promise<Login | undefined> {
    if (id === undefined || !isRandomId(id)) return undefined;
    const kept = await this.vault.take(keyOf(id));
    const login = kept && stored.safeParse(JSON.parse(kept.value)).data;
    // In constant time (RFC 6749 §10.12: what ties the answer to the browser).
    return login && new Secret(login.state).equals(state) ? login : undefined;
  }

  /**
   * Turns what the browser came back with into tokens.
   * @throws LoginRefused, UpstreamError
   */
  finish({ returnTo: _returnTo, ...login }: Login, search: URLSearchParams): Promise<SessionTokens> {
    const callbackUrl = new URL(`${login.redirectUri}?${search}`);
    return this.authorization.finishLogin({ ...login, callbackUrl });
  }
}

const keyOf = (id: string): VaultKey => ({ purpose: 'login', secret: id });
