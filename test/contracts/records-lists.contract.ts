import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordPosition, Records } from '../../src/platform/records/records.ts';
import { rejectionOf } from '../support/rejection-of.ts';
import type { RecordsUnderTest } from './records-under-test.ts';

const MANY = 250;

/** What all records promise of their lists. */
export const itKeepsLists = (open: () => Promise<RecordsUnderTest>): void => {
  let subject: RecordsUnderTest;
  let records: Records;
  let collection: string;
  let tests = 0;
  beforeEach(async () => {
    subject = await open();
    ({ records } = subject);
    collection = `listed-${(tests += 1)}`;
  });

  const idsOf = async (list: string): Promise<string[]> =>
    (await records.list(collection, list, { limit: 1_000 })).items.map(({ id }) => id);

  const insertMany = async (): Promise<void> => {
    const all = Array.from({ length: MANY }, (_, n) => ({ id: `id-${n}`, value: n, lists: ['all'] }));
    await Promise.all(all.map((one) => records.insert(collection, one)));
  };

  /** Follows `next` to the end, doing `between` after each page. */
  const readPages = async (limit: number, between: (page: number) => Promise<unknown> = async () => undefined) => {
    const pages: RecordPosition[][] = [];
    for (let after: RecordPosition | null | undefined; after !== null;) {
      const page = await records.list(collection, 'all', { limit, after });
      pages.push(page.items.map(({ id, createdAt }) => ({ id, createdAt })));
      after = page.next;
      await between(pages.length);
    }
    return pages;
  };

  describe('a list', () => {
    it('is empty until something is in it', async () => {
      expect(await records.list(collection, 'all', { limit: 10 })).toEqual({ items: [], next: null });
      expect(await records.count(collection, 'all')).toBe(0);
    });

    it('holds what is in it, complete, the newest first', async () => {
      for (const id of ['b', 'c', 'a']) {
        await records.insert(collection, { id, value: { of: id }, lists: ['all', `only ${id}`, 'all'] });
        await subject.elapse(5);
      }
      const { items } = await records.list(collection, 'all', { limit: 10 });
      expect(items.map(({ id, version, value }) => [id, version, value])).toEqual([
        ['a', 1, { of: 'a' }],
        ['c', 1, { of: 'c' }],
        ['b', 1, { of: 'b' }],
      ]);
      expect(await records.get(collection, 'c')).toEqual(items[1]);
      expect([await idsOf('only c'), await records.count(collection, 'all')]).toEqual([['c'], 3]);
    });

    it('tells its oldest, the oldest first', async () => {
      expect(await records.oldest(collection, 'all', 2)).toEqual([]);
      for (const id of ['b', 'c', 'a']) {
        await records.insert(collection, { id, value: { of: id }, lists: ['all'] });
        await subject.elapse(5);
      }
      const oldest = await records.oldest(collection, 'all', 2);
      expect(oldest.map(({ id, version, value }) => [id, version, value])).toEqual([
        ['b', 1, { of: 'b' }],
        ['c', 1, { of: 'c' }],
      ]);
      await records.delete(collection, 'b');
      expect((await records.oldest(collection, 'all', 10)).map(({ id }) => id)).toEqual(['c', 'a']);
      await expect(async () => records.oldest(collection, 'all', 0)).rejects.toThrow(RangeError);
    });

    it('is left and entered by what is replaced, and kept when nothing is said of lists', async () => {
      await records.insert(collection, { id: 'a', value: 1, lists: ['all', 'queued'] });
      await records.replace(collection, 'a', 1, { value: 2, lists: ['all', 'running'] });
      expect([await idsOf('all'), await idsOf('queued'), await idsOf('running')]).toEqual([['a'], [], ['a']]);
      await records.replace(collection, 'a', 2, { value: 3 });
      expect([await idsOf('all'), await idsOf('running')]).toEqual([['a'], ['a']]);
      await records.replace(collection, 'a', 3, { value: 4, lists: [] });
      expect([await records.count(collection, 'all'), await idsOf('all'), await idsOf('running')]).toEqual([0, [], []]);
      expect((await records.get(collection, 'a'))?.value).toBe(4);
    });

    it('is not touched by what is refused', async () => {
      await records.insert(collection, { id: 'a', value: 1, lists: ['queued'] });
      await records.replace(collection, 'a', 7, { value: 2, lists: ['running'] });
      expect([await idsOf('queued'), await idsOf('running')]).toEqual([['a'], []]);
    });

    it('is left by what is deleted', async () => {
      await records.insert(collection, { id: 'a', value: 1, lists: ['all'] });
      await records.insert(collection, { id: 'b', value: 1, lists: ['all'] });
      await records.delete(collection, 'a');
      // Counted first: reading a list may put it right.
      expect([await records.count(collection, 'all'), await idsOf('all')]).toEqual([1, ['b']]);
    });

    it('keeps its order when what is in it changes', async () => {
      for (const id of ['a', 'b', 'c']) {
        await records.insert(collection, { id, value: 1, lists: ['all'] });
        await subject.elapse(5);
      }
      await records.replace(collection, 'a', 1, { value: 2, lists: ['all', 'other'] });
      await records.replace(collection, 'b', 1, { value: 2, lists: [] });
      await records.replace(collection, 'b', 2, { value: 3, lists: ['all'] });
      expect(await idsOf('all')).toEqual(['c', 'b', 'a']);
    });
  });

  describe('a page', () => {
    it.each([1_000, MANY, MANY - 1, 100, 7])(
      'of %d follows the one before, through those of the same ms',
      async (limit) => {
        await insertMany();
        const pages = await readPages(limit);
        const all = pages.flat();
        expect(new Set(all.map(({ id }) => id)).size).toBe(MANY);
        expect(pages.map(({ length }) => length)).toEqual(
          [...Array.from({ length: Math.ceil(MANY / limit) - 1 }, () => limit), MANY % limit || limit].map((length) =>
            Math.min(length, MANY),
          ),
        );
        // Otherwise this shows nothing of ties.
        expect(new Set(all.map(({ createdAt }) => createdAt)).size).toBeLessThan(MANY);
        expect(all).toEqual(all.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)));
      },
    );

    it('neither repeats nor leaves out what stays, whatever comes, goes and changes meanwhile', async () => {
      await insertMany();
      const pages = await readPages(20, async (page) => {
        await records.insert(collection, { id: `new-${page}`, value: 0, lists: ['all'] });
        await records.replace(collection, `id-${page}`, 1, { value: 'changed' });
      });
      const ids = pages.flat().map(({ id }) => id);
      expect(ids.filter((id) => id.startsWith('id-')).toSorted()).toEqual(
        Array.from({ length: MANY }, (_, n) => `id-${n}`).toSorted(),
      );
    });

    it('begins where its position would be when that is gone, or was put there anew', async () => {
      await insertMany();
      const [first, second] = await readPages(20);
      const last = first!.at(-1)!;
      await records.delete(collection, last.id);
      const after = async () =>
        (await records.list(collection, 'all', { limit: 20, after: last })).items.map(({ id }) => id);
      expect(await after()).toEqual(second!.map(({ id }) => id));
      await subject.elapse(5);
      await records.insert(collection, { id: last.id, value: 0, lists: ['all'] });
      expect(await after()).toEqual(second!.map(({ id }) => id));
      expect(await records.count(collection, 'all')).toBe(MANY);
    });

    it('holds nothing after a position that nothing comes after', async () => {
      await insertMany();
      const after = { createdAt: 0, id: 'a' };
      expect(await records.list(collection, 'all', { limit: 5, after })).toEqual({ items: [], next: null });
      expect(await records.count(collection, 'all')).toBe(MANY);
    });

    it.each([0, -1, 1.5, 1_001, NaN])('of %d there is none', async (limit) => {
      expect(await rejectionOf(records.list(collection, 'all', { limit }))).toBeInstanceOf(RangeError);
    });
  });
};
