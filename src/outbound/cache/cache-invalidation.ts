import { Injectable } from '@nestjs/common';
import { CacheStore } from './stores/cache-store.ts';
import { toTag } from './tags.ts';

/** For those who know that an upstream's data has changed: its webhooks, the people on call. */
@Injectable()
export class CacheInvalidation {
  constructor(private readonly store: CacheStore) {}

  /** Changes whenever something stored is forgotten on purpose: what was made of it before is void. */
  get generation(): number {
    return this.store.generation;
  }

  /**
   * Forgets what is stored of `provider`: all of it, or what bears `tag`, which is the name of an operation or one that
   * a call gave. Reaches every instance that shares the cache. @returns how many entries this instance forgot
   */
  async invalidate(provider: string, tag?: string): Promise<number> {
    return this.store.invalidate([tag === undefined ? provider : toTag(provider, tag)]);
  }
}
