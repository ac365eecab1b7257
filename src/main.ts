import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.ts';
import { setUpApp } from './app.setup.ts';
import { createServerAdapter } from './inbound/server-adapter.ts';
import { releaseStartMemory } from './platform/lifecycle/release-start-memory.ts';
import { stopOnSignals } from './platform/lifecycle/stop-on-signals.ts';
import { Log } from './platform/logging/log.ts';
import { refuseStart } from './platform/lifecycle/refuse-start.ts';
import { serverConfig } from './platform/server.config.ts';

const start = async (): Promise<void> => {
  const server = serverConfig();
  // Until our own log is there, what goes wrong is told once, by `refuseStart`.
  const options = { logger: false, abortOnError: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, createServerAdapter(server), options);
  stopOnSignals(setUpApp(app));
  await app.listen(server.port, server.host);
  const url = await app.getUrl();
  app.get(Log).info({ url }, 'Ready');
  // For a parent that started us with a channel: a supervisor, the sandbox.
  process.send?.({ ready: url });
  releaseStartMemory();
};

start().catch(refuseStart);
