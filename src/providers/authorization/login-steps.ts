/** What one login keeps from its beginning to its end, each value made anew for it. */
export interface LoginBegun {
  /** Where the server sends the browser back to; known to the server. */
  readonly redirectUri: string;
  /** Ties the answer to the browser that asked. */
  readonly state: string;
  /** Ties the ID token to this login. */
  readonly nonce: string;
  /** Ties the code to this login (PKCE): 43 to 128 unreserved characters. */
  readonly codeVerifier: string;
}

export interface LoginAnswered extends LoginBegun {
  /** As the browser came back, with its query. */
  readonly callbackUrl: URL;
}
