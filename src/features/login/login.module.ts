import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { VaultModule } from '../../platform/vault/vault.module.ts';
import { AuthorizationModule } from '../../providers/authorization/authorization.module.ts';
import { Farewell } from './farewell.ts';
import { LoginFlow } from './login-flow.ts';
import { LoginController } from './login.controller.ts';
import { Logins } from './logins.ts';
import { SessionFlow } from './session-flow.ts';
import { SessionRenewal } from './session-renewal.ts';
import { SessionStore } from './session-store.ts';
import { sessionConfig } from './session.config.ts';
import { Sessions } from './sessions.ts';

@Module({
  imports: [ConfigModule.forFeature(sessionConfig), VaultModule, AuthorizationModule],
  controllers: [LoginController],
  providers: [Logins, SessionStore, SessionRenewal, Sessions, LoginFlow, SessionFlow, Farewell],
  exports: [Sessions],
})
export class LoginModule {}
