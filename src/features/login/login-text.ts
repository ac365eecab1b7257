import { z } from 'zod';
import type { Secret } from '../../platform/secret.ts';
import { seal, unseal } from '../../platform/vault/seal.ts';
import type { VaultKey } from '../../platform/vault/vault.ts';
import type { LoginBegun } from '../../providers/authorization/login-steps.ts';

/** A login under way: between leaving for the authorization server and coming back. */
export interface Login extends LoginBegun {
  readonly returnTo: string;
  /** By the wall clock, in ms: instances share it. */
  readonly endsAt: number;
}

const stored = z.object({
  redirectUri: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
  endsAt: z.number(),
});

/** As it may be given to a browser, which can neither read nor change it. */
export const toLoginText = (login: Login, clientSecret: Secret): string =>
  seal(keyOf(clientSecret), JSON.stringify(login)).toString('base64url');

/** Undefined for what was not sealed with that secret, and what another version of this application has sealed. */
export const fromLoginText = (text: string, clientSecret: Secret): Login | undefined => {
  const opened = unseal(keyOf(clientSecret), Buffer.from(text, 'base64url'));
  return opened === undefined ? undefined : stored.safeParse(JSON.parse(opened)).data;
};

const keyOf = (clientSecret: Secret): VaultKey => ({ purpose: 'login', secret: clientSecret.reveal() });
