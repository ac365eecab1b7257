import { hashOf } from './hash-of.ts';
import type { ServerState } from './server-state.ts';

/** Of the server with most weight; half of them at least. More of them make the shares more even. */
const MOST_POINTS = 256;

/** A point is sorted as one number: its hash, then the number of its owner. */
const OWNERS = 2 ** 21;

/** Points on a circle of 2^32; a key belongs to the owner of the first that is not before it. */
export interface HashRing {
  readonly points: Float64Array;
  readonly owners: readonly ServerState[];
}

/** Where a server's points are depends on its id only, and how many there are on its weight. */
export const toRing = (servers: readonly ServerState[]): HashRing => {
  const byId = servers.toSorted((one, other) => (one.endpoint.id < other.endpoint.id ? -1 : 1));
  const heaviest = Math.max(1, ...servers.map(({ endpoint }) => endpoint.weight));
  // A power of two, so that a change of the heaviest seldom moves the points of all.
  const scale = 2 ** Math.floor(Math.log2(MOST_POINTS / heaviest));
  const points = byId.flatMap((server, owner) => toPoints(server, owner, scale));
  const sorted = Float64Array.from(points).sort();
  return { points: sorted, owners: Array.from(sorted, (point) => byId[point % OWNERS]!) };
};

/** A server without weight serves when none with weight can: among its like it counts as having 1. */
const toPoints = ({ endpoint: { id, weight } }: ServerState, owner: number, scale: number): number[] => {
  const count = Math.max(1, Math.round((weight || 1) * scale));
  return Array.from({ length: count }, (_, point) => hashOf(`${id}#${point}`) * OWNERS + owner);
};

/** Which point is the first that is not before `hash`. */
export const findPoint = ({ points }: HashRing, hash: number): number => {
  const wanted = hash * OWNERS;
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low === points.length ? 0 : low;
};
