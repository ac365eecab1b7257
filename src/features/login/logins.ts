import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { Secret } from '../../platform/secret.ts';
import { AuthorizationClient } from '../../providers/authorization/authorization.client.ts';
import type { LoginBegun } from '../../providers/authorization/login-steps.ts';
import type { SessionTokens } from '../../providers/authorization/session-tokens.ts';
import { Farewell } from './farewell.ts';
import { fromLoginText, toLoginText, type Login } from './login-text.ts';
import { newRandomId } from './random-id.ts';

/** How long a user may take at the authorization server. */
export const LOGIN_LIFETIME_MS = 600_000;

export interface StartedLogin {
  /** All that is known of it, sealed: for the browser that began it, and nobody else. */
  readonly text: string;
  readonly state: string;
  /** Where to send the browser. */
  readonly location: string;
}

/**
 * Logins under way. Nothing is kept of them here: however many are begun, none pushes out another, and one can end at
 * another instance than it began. All methods throw `UpstreamError`; `not_configured` without a client and its secret.
 */
@Injectable()
export class Logins {
  constructor(
    private readonly authorization: AuthorizationClient,
    private readonly farewell: Farewell,
    private readonly clock: Clock,
  ) {}

  async begin({ redirectUri, returnTo }: Pick<Login, 'redirectUri' | 'returnTo'>): Promise<StartedLogin> {
    const [state, nonce, codeVerifier] = [newRandomId(), newRandomId(), newRandomId()];
    const begun: LoginBegun = { redirectUri, state, nonce, codeVerifier };
    const location = await this.authorization.beginLogin(begun);
    const login: Login = { ...begun, returnTo, endsAt: this.clock.wallTime() + LOGIN_LIFETIME_MS };
    return { text: toLoginText(login, this.authorization.clientSecret), state, location };
  }

  /**
   * The login that this browser began with that state, and that is not over. It can be had more than once: what works
   * once is the code, and the server sees to that.
   */
  open(text: string | undefined, state: string): Login | undefined {
    const login = text === undefined ? undefined : fromLoginText(text, this.authorization.clientSecret);
    if (login === undefined || login.endsAt <= this.clock.wallTime()) return undefined;
    // In constant time (RFC 6749 §10.12: what ties the answer to the browser).
    return new Secret(login.state).equals(state) ? login : undefined;
  }

  /**
   * Turns what the browser came back with into tokens.
   * @throws LoginRefused
   */
  finish({ returnTo: _returnTo, endsAt: _endsAt, ...login }: Login, search: URLSearchParams): Promise<SessionTokens> {
    const callbackUrl = new URL(`${login.redirectUri}?${search}`);
    return this.authorization.finishLogin({ ...login, callbackUrl });
  }

  /** Ends tokens that nobody will use, as far as that can be done within 3 s. Never fails. */
  giveUp(tokens: SessionTokens): Promise<void> {
    return this.farewell.endTokens(tokens);
  }
}
