import { createSecretKey, type KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';

/** How a token is signed; whatever is left out is done as the server does it. */
export interface Signing {
  /** `none` leaves the signature empty. Default: RS256. */
  readonly alg?: string;
  /** null sends none. Default: `at+jwt`. */
  readonly typ?: string | null;
  /** null sends none. Default: the current key's. */
  readonly kid?: string | null;
  /** Text is a shared secret, as for HS256. Default: the current private key. */
  readonly key?: KeyObject | string;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** A JWT with these claims and no others, signed with `current` unless `signing` names another key. */
export const signClaims = (claims: object, signing: Signing, current: SigningKey): Promise<string> | string => {
  const { alg = 'RS256', typ = 'at+jwt', kid = current.kid, key = current.privateKey } = signing;
  const header = { alg, ...(typ === null ? {} : { typ }), ...(kid === null ? {} : { kid }) };
  if (alg === 'none') return `${encode(header)}.${encode(claims)}.`;
  const secret = typeof key === 'string' ? createSecretKey(key, 'utf8') : key;
  return new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader(header).sign(secret);
};

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
