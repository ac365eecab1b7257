import { describe, expect, it, jest } from '@jest/globals';
import { InvalidRequest } from '../problems/invalid-request.ts';
import { Cursors } from './cursors.ts';
import { Pages, type ListName, type Paging, type ReadPage } from './pages.ts';

const LIST: ListName = ['ci/workflows', 'project-1', undefined];

/** Ten numbers, by where they begin. */
const readNumbers = jest.fn(({ limit, position = 0 }: Paging<number>): Promise<ReadPage<number, number>> => {
  const end = Math.min(position + limit, 10);
  const items = Array.from({ length: end - position }, (_item, index) => position + index);
  return Promise.resolve({ items, next: end < 10 ? end : null });
});

const cursors = new Cursors();
const pages = new Pages(cursors);

const refusalOf = async (query: { limit?: number; cursor?: string }, list = LIST): Promise<unknown> => {
  readNumbers.mockClear();
  const refusal: unknown = await pages.read(list, query, readNumbers).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(InvalidRequest);
  expect(readNumbers).not.toHaveBeenCalled();
  return (refusal as InvalidRequest).errors;
};

const firstCursor = async (limit?: number): Promise<string> =>
  (await pages.read(LIST, limit === undefined ? {} : { limit }, readNumbers)).next!;

describe('a list by cursor', () => {
  it('reads nothing for a cursor that is none', async () => {
    expect(await refusalOf({ cursor: 'made-up' })).toMatchObject([{ field: 'cursor' }]);
  });

  it.each<[string, ListName]>([
    ['another list', ['ci/pipelines', 'project-1', undefined]],
    ['another filter', ['ci/workflows', 'project-2', undefined]],
    ['one filter more', ['ci/workflows', 'project-1', 'main']],
    ['the same filter in another place', ['ci/workflows', undefined, 'project-1']],
  ])('reads nothing for a cursor of %s', async (_what, list) => {
    expect(await refusalOf({ cursor: await firstCursor(3) }, list)).toMatchObject([{ field: 'cursor' }]);
  });

  it('reads nothing where the limit is not that of the walk', async () => {
    expect(await refusalOf({ cursor: await firstCursor(3), limit: 4 })).toEqual([
      { field: 'limit', detail: 'must be 3, as in the page before, or absent' },
    ]);
  });

  it('reads 20 items when nobody says how many', async () => {
    readNumbers.mockClear();
    await pages.read(LIST, {}, readNumbers);
    expect(readNumbers).toHaveBeenCalledWith({ limit: 20 });
  });

  it.each([3, undefined])('goes on with the limit it began with, where the next page says %p', async (limit) => {
    const walked: number[] = [];
    let cursor: string | null = await firstCursor(3);
    while (cursor !== null) {
      const query: { cursor: string; limit?: number } = limit === undefined ? { cursor } : { cursor, limit };
      const page = await pages.read(LIST, query, readNumbers);
      walked.push(...page.items);
      cursor = page.next;
    }
    expect(walked).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });
});
