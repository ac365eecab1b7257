import { Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { InboundModule } from '../../inbound/inbound.module.ts';
import { RateLimit } from '../../inbound/rate-limit/rate-limit.ts';
import { CmsChanges } from '../../providers/cms/cms-changes.ts';
import { CmsModule } from '../../providers/cms/cms.module.ts';
import { RealtimeModule } from '../../realtime/realtime.module.ts';
import { ArticleEvents } from './article-events.ts';
import { ArticlesController } from './articles.controller.ts';
import { ArticlesRepository } from './articles.repository.ts';
import { addCmsSecret } from './cms-secret.hook.ts';
import { CmsWebhook } from './cms-webhook.ts';
import { CmsWebhookController } from './cms-webhook.controller.ts';
import { ExportController } from './export.controller.ts';

@Module({
  imports: [InboundModule, CmsModule, RealtimeModule],
  controllers: [ArticlesController, ExportController, CmsWebhookController],
  providers: [ArticlesRepository, ArticleEvents, CmsWebhook],
})
export class ArticlesModule implements NestModule {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly changes: CmsChanges,
    private readonly limit: RateLimit,
  ) {}

  /** Nest runs this when the server exists and has no routes yet. */
  configure(): void {
    addCmsSecret(this.host.httpAdapter.getInstance<FastifyInstance>(), this.changes, this.limit);
  }
}
