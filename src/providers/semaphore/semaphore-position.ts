import { z } from 'zod';
import type { SemaphorePosition } from './semaphore-paging.ts';

const count = z.int().min(1);

const POSITIONS = {
  number: z.strictObject({ page: count, size: count.max(100) }),
  skip: z.strictObject({ page: count, skip: z.int().min(0) }),
  token: z.strictObject({ token: z.string().min(1) }),
};

type Positions = { readonly [Kind in keyof typeof POSITIONS]: z.infer<(typeof POSITIONS)[Kind]> };

/**
 * Where a list of that kind of paging goes on; undefined at its beginning.
 * @throws TypeError for a position of another kind: it was handed to the wrong list
 */
export const readPosition = <Kind extends keyof Positions>(
  position: SemaphorePosition | undefined,
  kind: Kind,
): Positions[Kind] | undefined => {
  if (position === undefined) return undefined;
  const result = POSITIONS[kind].safeParse(position);
  if (result.success) return result.data as Positions[Kind];
  throw new TypeError(
    `This list of Semaphore's goes on at a ${kind}, but was given ${Object.keys(position).join(', ')}`,
  );
};
