import {
  Inject,
  Injectable,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ProviderRegistry } from '../../outbound/index.ts';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import { readSmallFile } from '../../platform/read-small-file.ts';
import { gatewayConfig, type GatewayOptions } from '../gateway.config.ts';
import { readRoutes } from './read-routes.ts';
import { RouteBuilder } from './route-builder.ts';
import { watchRouteFile } from './route-file.ts';
import { RouteMistakes } from './route-mistakes.ts';
import { RouteTable } from './route-table.ts';
import type { Watch } from './watch-file.ts';

const MAX_BYTES = 1_048_576;

/** Keeps the table as the file has it. A file that cannot be used stops the start; later, the routes stay as they are. */
@Injectable()
export class RouteLoader implements OnModuleInit, OnModuleDestroy, OnApplicationShutdown {
  #watch: Watch | undefined;
  #loading: Promise<void> = Promise.resolve();
  #isWanted = false;

  constructor(
    @Inject(gatewayConfig.KEY) private readonly options: GatewayOptions,
    private readonly providers: ProviderRegistry,
    private readonly builder: RouteBuilder,
    private readonly table: RouteTable,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly host: HttpAdapterHost,
  ) {}

  /** @throws RouteMistakes naming everything that is wrong */
  async onModuleInit(): Promise<void> {
    const { routes: path } = this.options;
    // A worker serves none, and has no servers to look after.
    if (path === undefined || !isServing(this.host)) return;
    this.#watch = watchRouteFile(path, () => this.reload(path), { clock: this.clock, log: this.log });
    await this.load(path);
  }

  /** Nothing is loaded any more; the routes stay for the requests that are under way. */
  async onModuleDestroy(): Promise<void> {
    this.#watch?.close();
    await this.#loading;
  }

  async onApplicationShutdown(): Promise<void> {
    const built = await this.builder.build([]);
    this.table.replace(built.routes);
    built.commit();
  }

  /** One at a time; however often the file changes meanwhile, it is read once more. */
  private reload(path: string): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#loading = this.#loading.then(async () => {
      this.#isWanted = false;
      await this.load(path).catch((error: unknown) => this.tell(path, error));
    });
  }

  private async load(path: string): Promise<void> {
    const text = await readSmallFile(path, MAX_BYTES).catch(({ message }: Error) => {
      throw new RouteMistakes(path, [`cannot be read: ${message}`]);
    });
    const providers = this.providers
      .all()
      .map(({ name }) => name)
      .filter((name) => !name.includes('.'));
    const built = await this.builder.build(readRoutes(text, { path, environment: process.env, providers }));
    this.table.replace(built.routes);
    built.commit();
    this.log.info({ path, routes: built.routes.length }, 'Gateway routes loaded');
  }

  private tell(path: string, error: unknown): void {
    const why = error instanceof RouteMistakes ? { mistakes: error.mistakes } : { error };
    this.log.error({ path, ...why }, 'The gateway routes cannot be used: those from before stay');
  }
}

/** Its type does not say that there may be none. */
const isServing = ({ httpAdapter }: Partial<HttpAdapterHost>): boolean => httpAdapter !== undefined;
