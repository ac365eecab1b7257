import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CmsChanges } from '../../providers/cms/cms-changes.ts';
import { EventHub, type Topic } from '../../realtime/event-hub.ts';

/** `article.changed`: `{change, slug}`; `slug` is null where it may be a draft's. Whoever shows articles reads them anew. */
const ARTICLES_TOPIC: Topic = {
  name: 'articles',
  description: 'That an article changed at the CMS, or was published, or is gone.',
  access: 'public',
};

/** Tells everybody on topic `articles` what the CMS's webhook tells us. */
@Injectable()
export class ArticleEvents implements OnModuleInit {
  constructor(
    private readonly changes: CmsChanges,
    private readonly hub: EventHub,
  ) {}

  onModuleInit(): void {
    this.hub.declare(ARTICLES_TOPIC);
    this.changes.onChange(({ event, slug }) => {
      const change = event.replace('entry.', '');
      void this.hub.publish(ARTICLES_TOPIC.name, { type: 'article.changed', data: { change, slug } });
    });
  }
}
