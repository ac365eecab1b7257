import { Module, type NestModule, type OnModuleInit } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { InboundModule } from '../inbound/inbound.module.ts';
import { OutboundModule } from '../outbound/index.ts';
import { Aggregator } from './aggregation/aggregator.ts';
import { gatewayConfig } from './gateway.config.ts';
import { GatewayController } from './gateway.controller.ts';
import { Entrance } from './passing/enter.ts';
import { PassThrough } from './passing/pass-through.ts';
import { RawRoutes } from './passing/raw-routes.ts';
import { RouteBuilder } from './routes/route-builder.ts';
import { RouteList } from './routes/route-list.ts';
import { RouteLoader } from './routes/route-loader.ts';
import { RouteTable } from './routes/route-table.ts';
import { TargetOpener } from './targets/open-target.ts';
import { Targets } from './targets/targets.ts';

/** What is passed through to upstreams by routes that a file declares. */
@Module({
  imports: [ConfigModule.forFeature(gatewayConfig), InboundModule, OutboundModule],
  controllers: [GatewayController],
  providers: [
    Aggregator,
    Entrance,
    PassThrough,
    RawRoutes,
    RouteBuilder,
    RouteList,
    RouteLoader,
    RouteTable,
    TargetOpener,
    Targets,
  ],
  exports: [RouteTable],
})
export class GatewayModule implements NestModule, OnModuleInit {
  private server: FastifyInstance | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly routes: RawRoutes,
  ) {}

  /** Nest runs this only where there is a server. */
  configure(): void {
    this.server = this.host.httpAdapter.getInstance<FastifyInstance>();
  }

  /** When all hooks are there that such requests pass, too: modules are configured at the same time, this comes after that. */
  onModuleInit(): void {
    if (this.server) this.routes.addTo(this.server);
  }
}
