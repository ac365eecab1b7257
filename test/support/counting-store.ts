import type { Reservation } from '../../src/outbound/cache/stores/cache-store.ts';
import { MemoryStore } from '../../src/outbound/cache/stores/memory-store.ts';

/** Knows how many reservations are still held. */
export class CountingStore extends MemoryStore {
  held = 0;

  override reserve(tags: readonly string[]): ReturnType<MemoryStore['reserve']> {
    this.held += 1;
    const reservation = super.reserve(tags);
    return { ...reservation, release: () => void (this.held -= 1) } satisfies Reservation;
  }
}
