import { describe, expect, it } from '@jest/globals';
import { fillPage } from './filled-page.ts';
import type { SemaphorePage, SemaphorePosition } from './semaphore-paging.ts';

const ALL = Array.from({ length: 100 }, (_, index) => index);

interface Asked {
  readonly position: SemaphorePosition | undefined;
  readonly wanted: number;
}

/** Gives at most `most` at a time. */
const listOf = (most: number) => {
  const asked: Asked[] = [];
  const ask = (position: SemaphorePosition | undefined, wanted: number): Promise<SemaphorePage<number>> => {
    asked.push({ position, wanted });
    const from = Number(position && 'token' in position ? position.token : 0);
    const items = ALL.slice(from, from + Math.min(wanted, most));
    const end = from + items.length;
    return Promise.resolve({ items, next: end < ALL.length ? { token: `${end}` } : null });
  };
  return { asked, ask };
};

describe('a filled page', () => {
  it('is one answer where that is enough', async () => {
    const list = listOf(30);
    expect(await fillPage(10, undefined, list.ask)).toEqual({ items: ALL.slice(0, 10), next: { token: '10' } });
    expect(list.asked).toEqual([{ position: undefined, wanted: 10 }]);
  });

  it('is put together of several, each once and in order', async () => {
    const list = listOf(30);
    expect(await fillPage(100, undefined, list.ask)).toEqual({ items: ALL, next: null });
    expect(list.asked.map(({ wanted }) => wanted)).toEqual([100, 70, 40, 10]);
  });

  it('ends with the list', async () => {
    expect(await fillPage(50, { token: '80' }, listOf(30).ask)).toEqual({ items: ALL.slice(80), next: null });
  });

  it('is not full, and goes on, when it took too many answers', async () => {
    const list = listOf(1);
    expect(await fillPage(100, undefined, list.ask)).toEqual({ items: [0, 1, 2, 3], next: { token: '4' } });
  });
});
