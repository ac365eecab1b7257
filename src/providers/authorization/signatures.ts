import { Inject, Injectable } from '@nestjs/common';
import type { JWTPayload, JWTVerifyOptions } from 'jose';
import { Clock } from '../../platform/clock.ts';
import { ACCEPTED_ALGORITHMS } from './accepted-algorithms.ts';
import { AuthorizationOptions } from './authorization-options.ts';
import { authorization } from './authorization.provider.ts';
import { NOT_ASKED } from './judgement.ts';
import { KeySet, type Keys } from './key-set.ts';
import { NotVerified } from './not-verified.ts';
import { verifyJwt } from './verify-jwt.ts';

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
  private tryWith(keys: Keys, token: string, audience: string): Promise<JWTPayload | undefined> {
    return verifyJwt(keys, token, this.requirements(audience));
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
