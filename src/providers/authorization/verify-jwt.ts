import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import type { Keys } from './key-set.ts';
import { NotVerified } from './not-verified.ts';

/** Of keys that a token without a `kid` may mean, so many are tried. */
const KEYS_AT_MOST = 8;

/** The claims of a token that one of `keys` verifies; undefined when other keys might. @throws NotVerified */
export const verifyJwt = async (
  keys: Keys,
  token: string,
  requirements: JWTVerifyOptions,
): Promise<JWTPayload | undefined> => {
  try {
    return await verifyWith(keys, token, requirements);
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new NotVerified('expired');
    if (error instanceof errors.JWTClaimValidationFailed) throw new NotVerified(`not valid: ${error.claim}`);
    if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) throw new NotVerified('malformed');
    return undefined;
  }
};

const verifyWith = async (keys: Keys, token: string, options: JWTVerifyOptions): Promise<JWTPayload> => {
  try {
    return (await jwtVerify(token, keys.find, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    return verifyWithAny(error, token, options);
  }
};

/** Some servers name no key, or several by one name. */
const verifyWithAny = async (
  candidates: errors.JWKSMultipleMatchingKeys,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> => {
  let tried = 0;
  for await (const key of candidates) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
    if ((tried += 1) >= KEYS_AT_MOST) break;
  }
  throw new errors.JWSSignatureVerificationFailed();
};
