import { MemoryStore } from '../../src/outbound/cache/stores/memory-store.ts';
import type { Clock } from '../../src/platform/clock.ts';

/** A store of this process, with room for 50 entries, none of them above 10 kB. */
export const smallStore = (clock: Clock): MemoryStore =>
  new MemoryStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
