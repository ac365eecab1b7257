import type { Caller } from '../../platform/context/caller.ts';

/** Who presents a token; or why it is of no use, in words that its presenter may read. */
export type TokenVerdict = { readonly caller: Caller } | { readonly refusal: string };

/** Finds out what an access token is worth. `app.module.ts` binds it to the authorization server. */
export abstract class TokenVerifier {
  /** False when there is no authorization server: then nobody can be let in. */
  abstract readonly isConfigured: boolean;

  /**
   * What it asks others belongs to no request: it is no part of any answer.
   * @throws UpstreamError when the authorization server has to be asked and cannot be
   */
  abstract verify(token: string): Promise<TokenVerdict>;
}
