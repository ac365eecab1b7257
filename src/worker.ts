import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.ts';
import { CallWorker } from './jobs/call-worker.ts';
import { ConfigError } from './platform/config/config-error.ts';
import { refuseStart } from './platform/lifecycle/refuse-start.ts';
import { releaseStartMemory } from './platform/lifecycle/release-start-memory.ts';
import { stopOnSignals } from './platform/lifecycle/stop-on-signals.ts';
import { Log } from './platform/logging/log.ts';
import { toNestLogger } from './platform/logging/nest-log.ts';
import { redisConfig } from './platform/redis/redis.config.ts';

const REMEDY =
  'set it to the Redis that all processes share; without Redis there are no workers beside it, and `npm start` makes background calls by itself';

/** The same application without HTTP: makes the background calls that HTTP processes put into Redis. */
const start = async (): Promise<void> => {
  if (!redisConfig().url) throw new ConfigError([{ variable: 'REDIS_URL', value: '', remedy: REMEDY }]);
  // Until our own log is there, what goes wrong is told once, by `refuseStart`.
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  const log = app.get(Log);
  app.useLogger(toNestLogger(log));
  stopOnSignals(app);
  await app.get(CallWorker).start();
  log.info({}, 'Ready');
  // For a parent that started us with a channel, such as a supervisor.
  process.send?.({ ready: 'worker' });
  releaseStartMemory();
};

start().catch(refuseStart);
