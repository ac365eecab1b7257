import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CacheInvalidation } from '../../outbound/index.ts';
import type { CmsOptions } from './cms-options.ts';
import { ARTICLES_TAG, cms } from './cms.provider.ts';

/** What is wrong with an event, for whoever sent it. */
export interface UnusableEvent {
  readonly field: string;
  readonly detail: string;
}

/** An article that changed at the CMS. */
export interface ArticleChange {
  /** The CMS's word for it, such as `entry.publish`. */
  readonly event: string;
  /** Null unless everybody could read it, now or just before: drafts have names, too. */
  readonly slug: string | null;
}

const EVENT_NAME = /^[a-z][\w-]{0,49}(?:\.[\w-]{1,50}){0,3}$/i;
const ENTRY_CHANGED = /^entry\.(?:create|update|delete|publish|unpublish)$/;
const OF_WHAT_IS_PUBLIC: ReadonlySet<string> = new Set(['entry.publish', 'entry.unpublish']);

/** What we read of Strapi's webhook; it adds more, and differs by event. */
const cmsEvent = z.object({
  event: z.string(),
  model: z.unknown().optional(),
  uid: z.unknown().optional(),
  entry: z.unknown().optional(),
});

/** What the CMS tells us of changes, by its webhook. Told twice is as told once. */
@Injectable()
export class CmsChanges {
  readonly #listeners = new Set<(change: ArticleChange) => void>();

  constructor(
    private readonly cache: CacheInvalidation,
    @Inject(cms.config.KEY) private readonly options: CmsOptions,
  ) {}

  /** Whether there is a CMS, and a secret is known by which it can be told from others. */
  get isConfigured(): boolean {
    return this.options.baseUrl !== undefined && this.options.webhookSecret !== undefined;
  }

  /** Whether `secret` is the CMS's; takes the same time for all that are not. */
  isFrom(secret: string | undefined): boolean {
    return secret !== undefined && this.options.webhookSecret?.equals(secret) === true;
  }

  /**
   * Forgets, on all instances, what a change of the CMS makes void; done when it resolves. Resolves to what is wrong with
   * the event when it cannot be understood: then nothing is forgotten.
   */
  async apply(event: string | undefined, body: unknown): Promise<UnusableEvent | undefined> {
    if (event === undefined || !EVENT_NAME.test(event)) {
      return { field: 'X-Strapi-Event', detail: 'must be the name of an event, such as entry.update' };
    }
    const { data } = cmsEvent.safeParse(body);
    if (data === undefined) return { field: 'event', detail: 'must be there, in a JSON object' };
    if (data.event !== event) return { field: 'event', detail: 'must be the same as X-Strapi-Event' };
    if (!ENTRY_CHANGED.test(event)) return undefined;
    if (typeof (data.model ?? data.uid) !== 'string') return { field: 'model', detail: 'must be the name of a model' };
    // All of them: lists hold the article too, and of an edited slug the event tells only the new one.
    if (isOfArticle(data)) await this.cache.invalidate(cms.name, ARTICLES_TAG);
    if (isOfArticle(data)) this.tell({ event, slug: OF_WHAT_IS_PUBLIC.has(event) ? slugOf(data.entry) : null });
    return undefined;
  }

  /** Hears of articles that changed, as far as the CMS told this process; what is read from then on is new. */
  onChange(listener: (change: ArticleChange) => void): void {
    this.#listeners.add(listener);
  }

  private tell(change: ArticleChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

const MAX_SLUG_LENGTH = 255;

const slugOf = (entry: unknown): string | null => {
  const { slug } = (entry ?? {}) as { readonly slug?: unknown };
  return typeof slug === 'string' && slug.length <= MAX_SLUG_LENGTH ? slug : null;
};

const isOfArticle = ({ model, uid }: { readonly model?: unknown; readonly uid?: unknown }): boolean =>
  model === 'article' || uid === 'api::article.article';
