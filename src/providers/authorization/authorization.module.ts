import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { OutboundModule } from '../../outbound/index.ts';
import { AccessTokens } from './access-tokens.ts';
import { AuthorizationClient } from './authorization.client.ts';
import { authorization } from './authorization.provider.ts';
import { Discovery } from './discovery.ts';
import { Endpoints } from './endpoints.ts';
import { JwtTokens } from './jwt-tokens.ts';
import { KeySet } from './key-set.ts';
import { OpaqueTokens } from './opaque-tokens.ts';
import { Signatures } from './signatures.ts';
import { VerdictMemory } from './verdict-memory.ts';

/** `AuthorizationClient` serves as `TokenIssuer`, `AccessTokens` as `TokenVerifier`: `app.module.ts` binds them. */
@Module({
  imports: [OutboundModule.forProvider(authorization), ConfigModule.forFeature(authorization.config)],
  providers: [
    AuthorizationClient,
    AccessTokens,
    Discovery,
    Endpoints,
    JwtTokens,
    KeySet,
    OpaqueTokens,
    Signatures,
    VerdictMemory,
  ],
  exports: [AuthorizationClient, AccessTokens],
})
export class AuthorizationModule {}
