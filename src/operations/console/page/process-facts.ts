import { part } from './element.ts';
import { showFacts } from './facts.ts';
import { toBytes, toCount, toDuration, toMs, toRate } from './numbers.ts';
import type { ProcessState } from './snapshot.ts';

/** More than this, and every request waits noticeably. */
const LONG_DELAY_MS = 100;

/** Shows how this process does. */
export const showProcess = (state: ProcessState): void =>
  showFacts(part('process'), [
    { name: 'Requests', value: toRate(state.requestsPerSecond) },
    {
      name: 'Event loop p99',
      value: toMs(state.eventLoopDelayP99Ms),
      title: 'How late the process comes to what it has to do',
      isTrouble: state.eventLoopDelayP99Ms > LONG_DELAY_MS,
    },
    { name: 'Heap', value: toBytes(state.heapBytes), title: `${toBytes(state.residentBytes)} of memory in all` },
    { name: 'Listeners', value: toCount(state.listeners), title: 'Open event streams, this page not counted' },
    { name: 'Up', value: toDuration(state.uptimeS), title: `Instance ${state.instance}` },
  ]);
