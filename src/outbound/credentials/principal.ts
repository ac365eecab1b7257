/** Whom a call's credential stands for. What is stored for one principal is never given to another. */
export interface Principal {
  /** Issuer, subject or client, audience and scopes in one text; never the token, which changes at every refresh. */
  readonly id: string;
  /** True for a caller's own credential; false for the provider's, which stands for all callers alike. */
  readonly isCaller: boolean;
}
