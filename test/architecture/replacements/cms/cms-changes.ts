import { Injectable } from '@nestjs/common';

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

  onChange(_listener: unknown): void {
    // Nothing is ever told.
  }
}
