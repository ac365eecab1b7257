import { ACCEPTED_ALGORITHMS } from './accepted-algorithms.ts';
import type { AuthorizationOptions } from './authorization-options.ts';
import { findMisuse } from './find-misuse.ts';
import type { JwtParts } from './jwt-parts.ts';

const MAX_KID_LENGTH = 256;

export type Expected = Pick<AuthorizationOptions, 'baseUrl' | 'audience' | 'tokenType' | 'clockToleranceMs'>;

/**
 * What can be told without any key, as words that the presenter may read; undefined when nothing speaks against it.
 * Tokens of other issuers, and ones that are over, cost no cryptography and do not have keys looked up.
 */
export const judgeJwt = ({ header, claims }: JwtParts, expected: Expected, wallTime: number): string | undefined =>
  judgeHeader(header, expected) ??
  (claims ? (judgeUse(claims, expected) ?? judgeClaims(claims, expected, wallTime)) : 'malformed');

const judgeHeader = ({ alg, crit, kid, typ }: JwtParts['header'], { tokenType }: Expected): string | undefined => {
  if (!ACCEPTED_ALGORITHMS.includes(alg as string)) return 'not signed with an accepted algorithm';
  // There is no extension that we know (RFC 7515 §4.1.11).
  if (crit !== undefined) return 'malformed';
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > MAX_KID_LENGTH)) return 'malformed';
  return isAccessToken(typ, tokenType) ? undefined : 'not an access token';
};

const isAccessToken = (typ: unknown, tokenType: Expected['tokenType']): boolean => {
  if (typ === undefined) return tokenType === 'jwt';
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : '';
  return type === 'at+jwt' || (tokenType === 'jwt' && type === 'jwt');
};

/** Where types do not tell, ID tokens are known by the hashes of what they came with (OpenID Connect Core §3.3.2.11). */
const judgeUse = (claims: Readonly<Record<string, unknown>>, { tokenType }: Expected): string | undefined => {
  const isIdToken = tokenType === 'jwt' && (claims['at_hash'] !== undefined || claims['c_hash'] !== undefined);
  return isIdToken ? 'not an access token' : findMisuse(claims);
};

const judgeClaims = (
  { iss, aud, exp, nbf, iat }: Readonly<Record<string, unknown>>,
  { baseUrl, audience, clockToleranceMs }: Expected,
  wallTime: number,
): string | undefined => {
  if (iss !== baseUrl) return 'of another issuer';
  if (!toList(aud).includes(audience)) return 'for another audience';
  const [earliest, latest] = [(wallTime - clockToleranceMs) / 1_000, (wallTime + clockToleranceMs) / 1_000];
  if (!isTime(exp) || !isTimeOrNothing(nbf) || !isTimeOrNothing(iat)) return 'malformed';
  if (exp <= earliest) return 'expired';
  return (nbf ?? 0) > latest || (iat ?? 0) > latest ? 'not yet valid' : undefined;
};

/** RFC 7519 §4.1.3: a single audience may be text. */
export const toList = (audience: unknown): unknown[] => (Array.isArray(audience) ? audience : [audience]);

export const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isTimeOrNothing = (value: unknown): value is number | undefined => value === undefined || isTime(value);
