import {
  Module,
  type OnModuleDestroy,
  type NestModule,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import {
  APP_FILTER,
  APP_GUARD,
  APP_PIPE,
  DiscoveryModule,
  DiscoveryService,
  HttpAdapterHost,
  ModuleRef,
} from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { CacheInvalidation, OutboundModule } from '../outbound/index.ts';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/logging/log.ts';
import { RedisConnections } from '../platform/redis/redis-connections.ts';
import { RedisModule } from '../platform/redis/redis.module.ts';
import { serverConfig, type ServerOptions } from '../platform/server.config.ts';
import { Tracing } from '../platform/telemetry/tracing.ts';
import { Admission } from './authentication/admission.ts';
import { AccessGuard } from './authentication/access.guard.ts';
import { checkRoutes } from './authentication/check-routes.ts';
import { Credentials } from './authentication/credentials.ts';
import { listRoutes } from './authentication/routes.ts';
import { addBodyArrival } from './body-arrival.hook.ts';
import { addCaching } from './caching/caching.hook.ts';
import { addRemembering } from './caching/remember-answers.hook.ts';
import { addRepeats } from './caching/repeat-answers.hook.ts';
import { RememberedAnswers } from './caching/remembered-answers.ts';
import { addCompression } from './compression.ts';
import { addCors } from './cors.ts';
import { addDeadline } from './deadline.hook.ts';
import { addDrain, type Drain } from './drain.ts';
import { holdContinue } from './continue.ts';
import { addFraming } from './framing.hook.ts';
import { IdempotencyModule } from './idempotency/idempotency.module.ts';
import { Operators } from './operators/operators.ts';
import { OperatorsModule } from './operators/operators.module.ts';
import { createCursors } from './pagination/create-cursors.ts';
import { Cursors } from './pagination/cursors.ts';
import { Pages } from './pagination/pages.ts';
import { ProblemFilter } from './problems/problem.filter.ts';
import { ProblemsController } from './problems/problems.controller.ts';
import { RateLimit } from './rate-limit/rate-limit.ts';
import { RateLimits } from './rate-limit/rate-limits.ts';
import { DEFAULT_POLICY } from './rate-limit/rate-policy.ts';
import { addRequestContext } from './request-context.hook.ts';
import { serveUpgrades } from './serve-upgrades.ts';
import { addStandingHeaders } from './standing-headers.ts';
import { StreamCount } from './streaming/stream-count.ts';
import { addUnlimitedTime } from './streaming/unlimited-time.hook.ts';
import { refuseOddRequests } from './refuse-odd-requests.ts';
import { CallsOfRequests } from './telemetry/calls-of-requests.ts';
import { addRequestRecords } from './telemetry/record-requests.hook.ts';
import { RequestRecords } from './telemetry/request-records.ts';
import { RequestTelemetryModule } from './telemetry/request-telemetry.module.ts';
import { addServerTiming } from './telemetry/server-timing.hook.ts';
import { compileTrust } from './trusted-proxies.ts';
import { createValidationPipe } from './validation/validation.pipe.ts';

/** What every incoming request passes through. Importing this module is all an application, or a test, has to do. */
@Module({
  imports: [DiscoveryModule, RedisModule, IdempotencyModule, OperatorsModule, OutboundModule, RequestTelemetryModule],
  controllers: [ProblemsController],
  providers: [
    Credentials,
    Admission,
    RateLimits,
    {
      provide: RateLimit,
      inject: [serverConfig.KEY, RateLimits],
      useFactory: ({ rateLimit }: ServerOptions, limits: RateLimits) => limits.open(DEFAULT_POLICY, rateLimit),
    },
    { provide: Cursors, inject: [serverConfig.KEY, Log, RedisConnections], useFactory: createCursors },
    Pages,
    StreamCount,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: createValidationPipe },
  ],
  exports: [Admission, Cursors, Pages, RateLimit, RateLimits, RequestTelemetryModule, StreamCount],
})
export class InboundModule implements NestModule, OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private drain: Drain | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly modules: ModuleRef,
  ) {}

  /** What comes before guards, in order. Nest runs this when the server exists and has no routes yet. */
  async configure(): Promise<void> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const options = this.get<ServerOptions>(serverConfig.KEY);
    const [clock, log] = [this.get<Clock>(Clock), this.get<Log>(Log)];
    const invalidation = this.get<CacheInvalidation>(CacheInvalidation);
    const answers = new RememberedAnswers(clock, () => invalidation.generation);
    refuseOddRequests(server.server);
    holdContinue(server.server);
    const tunnels = serveUpgrades(server.server);
    const [{ requestTimeoutMs }, { sample }] = [options, this.get<Tracing>(Tracing)];
    const openContext = addRequestContext(server, { clock, requestTimeoutMs, sample });
    const [records, calls] = [this.get<RequestRecords>(RequestRecords), this.get<CallsOfRequests>(CallsOfRequests)];
    addRequestRecords(server, { records, calls, clock });
    addFraming(server);
    this.drain = addDrain(server, { clock, log, timeoutMs: options.shutdownTimeoutMs, tunnels });
    const operators = this.get<Operators>(Operators);
    const [limit, isTrusted] = [this.get<RateLimit>(RateLimit), compileTrust(options.trustProxy)];
    addRepeats(server, answers, { clock, drain: this.drain, isTrusted, limit, openContext, operators, records });
    addStandingHeaders(server);
    addUnlimitedTime(server);
    addDeadline(server, clock);
    addBodyArrival(server, clock);
    await addCors(server, options.corsOrigins);
    addCaching(server);
    addRemembering(server, answers);
    addServerTiming(server, { operators, calls, clock });
    await addCompression(server);
  }

  /** @throws Error when routes are marked in ways that contradict each other */
  onModuleInit(): void {
    checkRoutes(listRoutes(this.get<DiscoveryService>(DiscoveryService)));
  }

  onApplicationBootstrap(): void {
    const isServing = this.drain !== undefined;
    if (!isServing || this.get<Credentials>(Credentials).isConfigured) return;
    this.get<Log>(Log).warn(
      {},
      'Routes for users answer 401, as no access token is accepted: set AUTH_ISSUER and AUTH_AUDIENCE',
    );
  }

  /** The first of what happens at a stop: no other module is waited for, however deep this one lies. */
  onModuleDestroy(): void {
    this.drain?.begin();
  }

  private get<T>(token: Parameters<ModuleRef['get']>[0]): T {
    return this.modules.get<T>(token, { strict: false });
  }
}
