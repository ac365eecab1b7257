import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.ts';
import { setUpApp } from '../../src/app.setup.ts';
import { createServerAdapter } from '../../src/inbound/server-adapter.ts';
import { CacheStore } from '../../src/outbound/cache/stores/cache-store.ts';
import { CallReceipts, type CallReceipt } from '../../src/outbound/index.ts';
import { LogDestination } from '../../src/platform/logging/create-log.ts';
import { serverConfig } from '../../src/platform/server.config.ts';
import { noteOutput, noteSecret } from './evidence/evidence.ts';
import { noteStored } from './evidence/note-stored.ts';
import { withEnvironment } from './with-environment.ts';

export interface TestAppOptions {
  /** Variables the application starts with, such as `{ POKEAPI_URL: standIn.url }`. Without `DATA_DIR` it has one of its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Modules beside those of the application. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** Default: any free one. */
  readonly port?: number;
  /** The place for `overrideProvider` and the like. */
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
}

/** The real application on a real port, with ears. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  /** Without a trailing slash. */
  readonly url: string;
  /** Everything logged so far, as written. */
  readonly logLines: string[];
  /** Receipts of all calls that have ended. */
  readonly receipts: CallReceipt[];
  close(): Promise<void>;
}

const isSecret = ([name]: [string, string]): boolean => /(TOKEN|SECRET|PASSWORD|KEY)$/.test(name);

/** Starts what `main.ts` starts, in this process. Close it when done. */
export const createApp = ({
  env = {},
  imports = [],
  port = 0,
  override = (builder) => builder,
}: TestAppOptions = {}): Promise<TestApp> => {
  const ownDirectory = join(tmpdir(), `breakwater-data-${randomUUID()}`);
  return withEnvironment({ DATA_DIR: ownDirectory, ...env }, async () => {
    const logLines: string[] = [];
    const builder = Test.createTestingModule({ imports: [AppModule, ...imports] })
      .overrideProvider(LogDestination)
      .useValue({ write: (line: string) => void logLines.push(line) });
    const module = await override(builder).compile();
    const app = module.createNestApplication<NestFastifyApplication>(createServerAdapter(serverConfig()));
    await setUpApp(app).listen(port, '127.0.0.1');
    const receipts: CallReceipt[] = [];
    app.get(CallReceipts).listen((receipt) => void receipts.push(receipt));
    Object.entries(env)
      .filter(isSecret)
      .forEach(([, value]) => noteSecret(value));
    noteStored(app.get(CacheStore), noteOutput);
    const close = async (): Promise<void> => {
      await app.close();
      noteOutput(logLines.join(''));
      noteOutput(JSON.stringify(receipts));
      await rm(ownDirectory, { recursive: true, force: true });
    };
    return { app, url: await app.getUrl(), logLines, receipts, close };
  });
};
