import { verify } from 'node:crypto';
import type { SigningKeys } from './signing-keys.ts';
import type { Storage } from './storage.ts';

export interface AcceptedTokens {
  /** A JWT with this id exists. */
  issue(jti: unknown): void;
  revokeAll(): void;
  isAccepted(token: string): boolean;
}

interface Claims {
  readonly jti?: unknown;
  readonly exp?: number;
}

/** What a resource of this server takes: JWTs that one of its keys signed, opaque tokens that it knows. */
export const createAcceptedTokens = (keys: SigningKeys, storage: Storage): AcceptedTokens => {
  const live = new Set<unknown>();
  const acceptsJwt = (token: string): boolean => {
    const { jti, exp } = verifiedClaims(token, keys) ?? {};
    return live.has(jti) && !isPast(exp);
  };
  const acceptsOpaque = (token: string): boolean => {
    const kept = storage.findAccessToken(token);
    return kept !== undefined && !isPast(kept.exp);
  };
  return {
    issue: (jti) => void live.add(jti),
    revokeAll: () => {
      live.clear();
      storage.dropAccessTokens();
    },
    isAccepted: (token) => (token.includes('.') ? acceptsJwt(token) : acceptsOpaque(token)),
  };
};

const isPast = (seconds = 0): boolean => seconds * 1_000 <= Date.now();

const verifiedClaims = (token: string, keys: SigningKeys): Claims | undefined => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const signed = Buffer.from(`${header}.${payload}`);
  const mark = Buffer.from(signature, 'base64url');
  const isOurs = keys.all.some(({ publicKey }) => verify('sha256', signed, publicKey, mark));
  return isOurs ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims) : undefined;
};
