import type { JWTPayload } from 'jose';
import type { AuthorizationOperation } from './authorization.provider.ts';
import { NotVerified } from './not-verified.ts';
import type { Signatures } from './signatures.ts';
import { invalidAnswer } from './upstream-failures.ts';

const LONGEST_NAME = 200;

export interface IdToken {
  readonly token: string;
  /** For whom it has to be. */
  readonly clientId: string;
  /** What it came with. */
  readonly operation: AuthorizationOperation;
}

/** The claims of an ID token that the server signed for us, and that is valid now. @throws UpstreamError */
export const verifyIdToken = async (
  signatures: Signatures,
  { token, clientId, operation }: IdToken,
): Promise<JWTPayload & { readonly sub: string }> => {
  try {
    const claims = await signatures.verify(token, clientId);
    if (typeof claims.sub === 'string' && claims.sub !== '') return { ...claims, sub: claims.sub };
  } catch (error) {
    if (!(error instanceof NotVerified)) throw error;
    throw invalidAnswer(operation, `its ID token is of no use: ${error.refusal}`);
  }
  throw invalidAnswer(operation, 'its ID token names nobody');
};

/** What to call its subject (OpenID Connect Core §5.1), when it says. */
export const nameIn = ({ name, preferred_username }: JWTPayload): string | undefined => {
  const text = [name, preferred_username].find((candidate) => typeof candidate === 'string' && candidate !== '');
  return (text as string | undefined)?.slice(0, LONGEST_NAME);
};
