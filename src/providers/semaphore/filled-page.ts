import type { SemaphorePage, SemaphorePosition } from './semaphore-paging.ts';

/** Enough for 100 jobs of which Semaphore gives 30 at a time; a page that is still not full then is no harm. */
const MAX_REQUESTS = 4;

/** Asks for at most `wanted` more, from where the last answer ended. */
type Part<T> = (position: SemaphorePosition | undefined, wanted: number) => Promise<SemaphorePage<T>>;

/** One page of up to `limit`, put together of several answers where one does not hold so many. */
export const fillPage = async <T>(
  limit: number,
  start: SemaphorePosition | undefined,
  ask: Part<T>,
): Promise<SemaphorePage<T>> => {
  const items: T[] = [];
  let position = start;
  for (let requests = 0; requests < MAX_REQUESTS && items.length < limit; requests += 1) {
    const part = await ask(position, limit - items.length);
    items.push(...part.items);
    if (part.next === null) return { items, next: null };
    position = part.next;
  }
  return { items, next: position ?? null };
};
