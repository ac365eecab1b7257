import { compare } from './comparison/compare.ts';
import type { Workload } from './workload.ts';
import { addedLatency } from './workloads/added-latency/added-latency.ts';
import { comparisons } from './workloads/comparisons.ts';
import { events } from './workloads/events/events.ts';
import { goodput } from './workloads/goodput/goodput.ts';
import { herd } from './workloads/herd/herd.ts';
import { idleConnections } from './workloads/idle-connections.ts';
import { instances } from './workloads/instances/instances.ts';
import { memory } from './workloads/memory.ts';
import { misses } from './workloads/misses/misses.ts';
import { providers } from './workloads/providers/providers.ts';
import { startup } from './workloads/startup.ts';
import { tail } from './workloads/tail/tail.ts';

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
