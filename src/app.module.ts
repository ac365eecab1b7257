import { Global, Module, type Abstract, type FactoryProvider, type Type } from '@nestjs/common';
import { ArticlesModule } from './features/articles/articles.module.ts';
import { CallsModule } from './features/calls/calls.module.ts';
import { DeferredCalls } from './features/calls/deferred-calls.ts';
import { CiModule } from './features/ci/ci.module.ts';
import { EventsModule } from './features/events/events.module.ts';
import { LiveModule } from './features/live/live.module.ts';
import { LoginModule } from './features/login/login.module.ts';
import { Sessions } from './features/login/sessions.ts';
import { MeModule } from './features/me/me.module.ts';
import { PokemonModule } from './features/pokemon/pokemon.module.ts';
import { SubscriptionsModule } from './features/subscriptions/subscriptions.module.ts';
import { GatewayModule } from './gateway/gateway.module.ts';
import { SessionReader } from './inbound/authentication/session-reader.ts';
import { TokenVerifier } from './inbound/authentication/token-verifier.ts';
import { Deferral } from './inbound/deferral/deferral.ts';
import { InboundModule } from './inbound/inbound.module.ts';
import { ProblemDescriber } from './inbound/problems/problem-describer.ts';
import { FailureDescriber } from './jobs/failure-describer.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { TokenIssuer } from './outbound/index.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { AccessTokens } from './providers/authorization/access-tokens.ts';
import { AuthorizationClient } from './providers/authorization/authorization.client.ts';
import { AuthorizationModule } from './providers/authorization/authorization.module.ts';

/** What one folder declares, by what another makes of it. */
const bind = <T>(declared: Abstract<T>, useClass: Type<T>): FactoryProvider<T> => ({
  provide: declared,
  inject: [useClass],
  useFactory: (instance: T) => instance,
});

/** Each on a line of its own: whoever takes a folder away takes its line away. */
const BINDINGS: FactoryProvider[] = [
  // Who presents an access token.
  bind(TokenVerifier, AccessTokens),
  // Where the tokens come from that we present ourselves.
  bind(TokenIssuer, AuthorizationClient),
  // Who is behind a session cookie.
  bind(SessionReader, Sessions),
  // Who does later what a request asks for.
  bind(Deferral, DeferredCalls),
  // What callers are told of a background call that failed.
  bind(FailureDescriber, ProblemDescriber),
];

@Global()
@Module({
  imports: [AuthorizationModule, CallsModule, LoginModule],
  providers: [ProblemDescriber, ...BINDINGS],
  exports: BINDINGS.map(({ provide }) => provide),
})
class BindingsModule {}

/** The one list of what is in this application. */
@Module({
  imports: [
    PlatformModule,
    InboundModule,
    BindingsModule,
    OperationsModule,
    GatewayModule,
    ArticlesModule,
    CallsModule,
    CiModule,
    EventsModule,
    LiveModule,
    LoginModule,
    MeModule,
    PokemonModule,
    SubscriptionsModule,
  ],
})
export class AppModule {}
