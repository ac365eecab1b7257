import { addedLatency } from './added-latency.ts';
import { compare } from './compare.ts';
import { comparisons } from './comparisons.ts';
import { events } from './events.ts';
import { goodput } from './goodput.ts';
import { herd } from './herd.ts';
import { idleConnections } from './idle-connections.ts';
import { instances } from './instances.ts';
import { memory } from './memory.ts';
import { misses } from './misses.ts';
import { providers } from './providers.ts';
import { startup } from './startup.ts';
import { tail } from './tail.ts';
import type { Workload } from './workload.ts';

/** In the order in which they run. */
export const workloads: readonly Workload[] = [
  startup,
  ...comparisons.map(compare),
  addedLatency,
  misses,
  herd,
  tail,
  goodput,
  idleConnections,
  providers,
  memory,
  events,
  instances,
];
