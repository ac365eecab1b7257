import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/logging/log.ts';
import { serverConfig } from '../platform/server.config.ts';

/** Lets requests in flight finish when the process stops, up to a limit. */
@Injectable()
export class Drain implements BeforeApplicationShutdown {
  /** From here on, answers close their connections: an idle one would keep the server open. */
  isDraining = false;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(serverConfig.KEY) private readonly server: ConfigType<typeof serverConfig>,
  ) {}

  beforeApplicationShutdown(): void {
    this.isDraining = true;
    const httpServer = this.host.httpAdapter.getHttpServer() as Server;
    const cancel = this.clock.schedule(() => {
      this.log.warn({ shutdownTimeoutMs: this.server.shutdownTimeoutMs }, 'Requests still in flight were cut off');
      httpServer.closeAllConnections();
    }, this.server.shutdownTimeoutMs);
    httpServer.once('close', cancel);
  }
}
