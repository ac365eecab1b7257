import type { Server } from '../servers/server.ts';
import { readLiveMb, tellsLiveMemory } from './live-memory.ts';
import { readResidentMb } from './resident-memory.ts';

/** Of a process in MB, or of each of many things in KB; undefined where it cannot be measured. */
export interface Weight {
  /** Heap and buffers still in use after a forced collection. */
  live?: number | undefined;
  resident?: number | undefined;
}

/**
 * What a server has to be started with so that `weigh` works. Pages that are only there because nothing was collected yet
 * are given back: garbage of the load is nobody's.
 */
export const tellsWeight = { ...tellsLiveMemory, COLLECTION_FLAVOR: 'last-resort' };

/** In MB. */
export const weigh = async (server: Server): Promise<Weight> => ({
  // In this order: the collection comes first.
  live: await readLiveMb(server),
  resident: await readResidentMb(server, 0),
});

const kbEach = (before: number | undefined, after: number | undefined, count: number): number | undefined =>
  before === undefined || after === undefined ? undefined : ((after - before) * 1_000) / count;

/** What each of `count` things takes, in KB, when that many came between two weighings. */
export const toKbEach = (before: Weight, after: Weight, count: number): Weight => ({
  live: kbEach(before.live, after.live, count),
  resident: kbEach(before.resident, after.resident, count),
});

export const formatKb = (value: number | undefined): string => (value === undefined ? '–' : `${value.toFixed(1)} KB`);
