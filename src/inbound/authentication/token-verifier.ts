import type { Caller } from '../../platform/context/caller.ts';

/** Who presents a token; or why it is of no use, in words that its presenter may read. */
export type TokenVerdict = { readonly caller: Caller } | { readonly refusal: string };

/** Finds out what an access token is worth. `app.module.ts` binds it to the authorization server. */
export abstract class TokenVerifier {
  /** False when there is no authorization server: then nobody can be let in. */
  abstract readonly isConfigured: boolean;

  /**
   * What it asks others belongs to no request: it is no part of any answer.
   * @param token as RFC 6750 §2.1 has it, and not longer than a header may be
   * @param mayAsk false for whoever had too many refused: what is remembered counts, and what can be verified by what is
   * known; any other token is refused, and costs the authorization server nothing. Default true
   * @throws UpstreamError when the authorization server has to be asked and cannot be
   */
  abstract verify(token: string, how?: { readonly mayAsk?: boolean }): Promise<TokenVerdict>;
}
