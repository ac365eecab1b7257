import { Controller, Get, Inject, Module, Param } from '@nestjs/common';
import { LazyModuleLoader, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadBreakwater } from './breakwater.ts';
import { generateProvider, type GeneratedClient } from './generated-provider.ts';

// The app, started as src/main.ts does it, with two routes in addition: one declares providers, of the upstreams in
// ORIGINS, the other calls one. So that they can be weighed without what the start of a process leaves behind.
const origins = JSON.parse(process.env['ORIGINS'] ?? '[]') as string[];
const { app, inbound, outbound, platform } = await loadBreakwater();
const clients: GeneratedClient[] = [];

class ProvidersController {
  private readonly loader: LazyModuleLoader;

  constructor(loader: LazyModuleLoader) {
    this.loader = loader;
  }

  /** Up to so many in all. */
  async declare(count: string): Promise<object> {
    const modules = origins
      .slice(clients.length, Number(count))
      .map((origin) => generateProvider(outbound, `generated-${origins.indexOf(origin)}`, origin, clients));
    class AddedModule {}
    Module({ imports: modules })(AddedModule);
    await this.loader.load(() => AddedModule);
    return {};
  }

  async call(index: string): Promise<unknown> {
    return clients[Number(index)]?.getCharizard();
  }
}
Inject(LazyModuleLoader)(ProvidersController, undefined, 0);

const addRoute = (path: string, parameter: string, method: 'declare' | 'call'): void => {
  const handler = Object.getOwnPropertyDescriptor(ProvidersController.prototype, method);
  if (handler) Get(path)(ProvidersController.prototype, method, handler);
  Param(parameter)(ProvidersController.prototype, method, 0);
};
addRoute('generated/up-to/:count', 'count', 'declare');
addRoute('generated/:index', 'index', 'call');
inbound.Public()(ProvidersController);
Controller({ version: '1' })(ProvidersController);

class ManyProvidersModule {}
Module({ imports: [app.AppModule], controllers: [ProvidersController] })(ManyProvidersModule);

const server = platform.serverConfig();
const adapter = inbound.createServerAdapter(server);
const options = { logger: false, abortOnError: false } as const;
const many = await NestFactory.create<NestFastifyApplication>(ManyProvidersModule, adapter, options);
await app.setUpApp(many).listen(server.port, server.host);
platform.releaseStartMemory();
