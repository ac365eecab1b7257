import type { Comparison } from '../comparison/comparison.ts';
import { freshHit } from './fresh-hit.ts';
import { observed } from './observed.ts';
import { passedBy, passThrough, passThroughHit, passThroughLarge, passThroughStream } from './pass-through.ts';
import { uncached, uncachedBy, uncachedLarge } from './uncached.ts';

/** Of throughput, in the order in which they run. */
export const comparisons: readonly Comparison[] = [
  uncached,
  freshHit,
  passThrough,
  uncachedLarge,
  passThroughLarge,
  passThroughStream,
  passThroughHit,
  ...[1, 64, 1_024].map(uncachedBy),
  passedBy(1_024),
  ...observed,
];
