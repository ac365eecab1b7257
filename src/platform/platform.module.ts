import { Global, Module } from '@nestjs/common';
import { ConfigModule, type ConfigType } from '@nestjs/config';
import { Clock, SystemClock } from './clock.ts';
import { createLog, LogDestination } from './logging/create-log.ts';
import { Log } from './logging/log.ts';
import { openStdout } from './logging/stdout.ts';
import { serverConfig } from './server.config.ts';
import { TelemetryModule } from './telemetry/telemetry.module.ts';

/** What lies under everything: configuration, time, log, telemetry. */
@Global()
@Module({
  imports: [
    ConfigModule.forRoot({ cache: true, ignoreEnvFile: process.env['NODE_ENV'] === 'test' }),
    ConfigModule.forFeature(serverConfig),
    TelemetryModule,
  ],
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: LogDestination, useFactory: openStdout },
    {
      provide: Log,
      inject: [serverConfig.KEY, LogDestination],
      useFactory: ({ logLevel }: ConfigType<typeof serverConfig>, destination: LogDestination) =>
        createLog(logLevel, destination),
    },
  ],
  exports: [Clock, Log, ConfigModule],
})
export class PlatformModule {}
