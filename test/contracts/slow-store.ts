import type { CacheEntry } from '../../src/outbound/cache/cache-entry.ts';
import { CacheStore } from '../../src/outbound/cache/stores/cache-store.ts';

/** A store behind whose answers come when the test says so. */
export class SlowStore extends CacheStore {
  readonly generation = 0;
  readonly asked: string[] = [];
  answer: (entry?: CacheEntry) => void = () => undefined;

  peek(): undefined {
    return undefined;
  }

  get(key: string): Promise<CacheEntry | undefined> {
    this.asked.push(key);
    return new Promise((resolve) => (this.answer = resolve));
  }

  reserve() {
    return { allows: () => true, keep: () => new Promise<void>(() => undefined), release: () => undefined };
  }

  delete(): Promise<void> {
    return new Promise(() => undefined);
  }

  invalidate(): number {
    return 0;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
