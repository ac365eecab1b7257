import type { Readable } from 'node:stream';
import type { HeaderMap } from './header-map.ts';

/** A body with more to tell than its bytes. */
export interface TrailedBody extends Readable {
  /** What it could not be read to its end for; the call fails with just that. */
  readonly failure: Error | undefined;
  /** When the last piece of it was passed on, or its end, on the clock's monotonic scale. */
  readonly movedAt: number;
  /** What came after it, in lower case; only once it has ended. */
  trailers(): HeaderMap;
}

const partsOf = (body: unknown): Partial<TrailedBody> => body ?? {};

/** Undefined for bodies that do not tell. */
export const failureOfBody = (body: unknown): Error | undefined => partsOf(body).failure;

/** Undefined for bodies that do not tell. */
export const lastMoveOfBody = (body: unknown): number | undefined => partsOf(body).movedAt;

/** None for bodies that do not tell. */
export const trailersOfBody = (body: unknown): HeaderMap => partsOf(body).trailers?.() ?? {};
