import { Injectable } from '@nestjs/common';

/** What it would tell, if it told anything. */
interface ArticleChange {
  readonly event: string;
  readonly slug: string | null;
}

/** It has no webhooks: what it changes is seen when the cache has run out. */
@Injectable()
export class CmsChanges {
  readonly isConfigured = false;

  isFrom(_secret: string | undefined): boolean {
    return false;
  }

  apply(_event: string | undefined, _body: unknown): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  onChange(_listener: (change: ArticleChange) => void): void {
    // Nothing is ever told.
  }
}
