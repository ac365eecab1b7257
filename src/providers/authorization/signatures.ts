import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { Clock } from '../../platform/clock.ts';
import { ACCEPTED_ALGORITHMS } from './accepted-algorithms.ts';
import { AuthorizationOptions } from './authorization-options.ts';
import { authorization } from './authorization.provider.ts';
import { NOT_ASKED } from './judgement.ts';
import { KeySet, type Keys } from './key-set.ts';

/** The token is not what the server signed, or not for us. Its words may be shown. */
export class NotVerified extends Error {
  constructor(readonly refusal: string) {
    super(refusal);
    this.name = 'NotVerified';
  }
}

/** Of keys that a token without a `kid` may mean, so many are tried. */
const KEYS_AT_MOST = 8;

/** Whether the server signed something. */
@Injectable()
export class Signatures {
  constructor(
    private readonly keys: KeySet,
    @Inject(authorization.config.KEY) private readonly options: AuthorizationOptions,
    private readonly clock: Clock,
  ) {}

  /**
   * The claims of a JWT that the server signed for `audience`, and that is valid now. Keys that have changed are fetched,
   * unless `mayAsk` is false.
   * @throws NotVerified; UpstreamError when keys have to be fetched and cannot be
   */
  async verify(token: string, audience: string, mayAsk = true): Promise<JWTPayload> {
    const keys = await this.keys.current();
    const claims = await this.tryWith(keys, token, audience);
    if (claims) return claims;
    if (!mayAsk) throw new NotVerified(NOT_ASKED);
    const newer = await this.keys.newerThan(keys);
    const later = newer && (await this.tryWith(newer, token, audience));
    if (later) return later;
    throw new NotVerified('signature does not verify');
  }

  /** Undefined when other keys might do. */
  private async tryWith(keys: Keys, token: string, audience: string): Promise<JWTPayload | undefined> {
    try {
      return await verifyWith(keys, token, this.requirements(audience));
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new NotVerified('expired');
      if (error instanceof errors.JWTClaimValidationFailed) throw new NotVerified(`not valid: ${error.claim}`);
      if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) throw new NotVerified('malformed');
      return undefined;
    }
  }

  private requirements(audience: string): JWTVerifyOptions {
    return {
      algorithms: ACCEPTED_ALGORITHMS,
      issuer: this.options.baseUrl ?? '',
      audience,
      requiredClaims: ['exp'],
      currentDate: new Date(this.clock.wallTime()),
      clockTolerance: this.options.clockToleranceMs / 1_000,
    };
  }
}

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
