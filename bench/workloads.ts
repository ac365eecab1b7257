import { addedLatency } from './added-latency.ts';
import { compare } from './compare.ts';
import { comparisons } from './comparisons.ts';
import { events } from './events.ts';
import { memory } from './memory.ts';
import { misses } from './misses.ts';
import { startup } from './startup.ts';
import type { Workload } from './workload.ts';

/** In the order in which they run. */
export const workloads: readonly Workload[] = [
  startup,
  ...comparisons.map(compare),
  addedLatency,
  misses,
  memory,
  events,
];
