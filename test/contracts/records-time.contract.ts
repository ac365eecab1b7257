import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Records } from '../../src/platform/records/records.ts';
import type { RecordsUnderTest } from './records-under-test.ts';

const MINUTE_MS = 60_000;

/** What all records promise of those that are kept for a while only. */
export const itKeepsRecordsForAWhile = (open: () => Promise<RecordsUnderTest>): void => {
  let subject: RecordsUnderTest;
  let records: Records;
  let collection: string;
  let tests = 0;
  beforeEach(async () => {
    subject = await open();
    ({ records } = subject);
    collection = `timed-${(tests += 1)}`;
  });

  const isThere = async (id = 'a'): Promise<boolean> => (await records.get(collection, id)) !== undefined;
  const insert = (ttlMs: number | undefined, lists: string[] = ['all'], id = 'a') =>
    records.insert(collection, { id, value: 1, lists, ...(ttlMs === undefined ? {} : { ttlMs }) });

  /** It is kept for a minute from now, and no longer. */
  const expectAMinuteLeft = async (): Promise<void> => {
    await subject.elapse(MINUTE_MS - 20_000);
    expect(await isThere()).toBe(true);
    await subject.elapse(20_000);
    expect(await isThere()).toBe(false);
  };

  describe('a record that is kept for a while', () => {
    it('is gone then: from its lists and their counts, too', async () => {
      await insert(MINUTE_MS);
      await insert(undefined, ['all'], 'b');
      await subject.elapse(MINUTE_MS);
      expect([await isThere(), await isThere('b')]).toEqual([false, true]);
      const { items, next } = await records.list(collection, 'all', { limit: 1 });
      expect([items.map(({ id }) => id), next]).toEqual([['b'], null]);
      expect(await records.count(collection, 'all')).toBe(1);
      expect(await records.replace(collection, 'a', 1, { value: 2, lists: ['all'], ttlMs: MINUTE_MS })).toBe(false);
      expect([await records.delete(collection, 'a'), await records.count(collection, 'all')]).toEqual([false, 1]);
    });

    it('is kept for so long, and no longer', async () => {
      await insert(MINUTE_MS);
      await expectAMinuteLeft();
    });

    it('stays as long as it was to when it is replaced', async () => {
      await insert(2 * MINUTE_MS);
      await subject.elapse(MINUTE_MS);
      await records.replace(collection, 'a', 1, { value: 2, lists: ['other'] });
      await expectAMinuteLeft();
      expect([await records.count(collection, 'all'), await records.count(collection, 'other')]).toEqual([0, 0]);
    });

    it.each([[undefined], [MINUTE_MS * 10], [1_000]])('stays as long as a replacement says (was %s)', async (ttlMs) => {
      await insert(ttlMs);
      await records.replace(collection, 'a', 1, { value: 2, ttlMs: MINUTE_MS });
      await expectAMinuteLeft();
      expect(await records.count(collection, 'all')).toBe(0);
    });

    it('stays for ever when a replacement says so', async () => {
      await insert(MINUTE_MS);
      await records.replace(collection, 'a', 1, { value: 2, ttlMs: Infinity });
      await subject.elapse(1_000 * MINUTE_MS);
      expect([await isThere(), await records.count(collection, 'all')]).toEqual([true, 1]);
    });

    it.each([0, -5, 0.5])('is as if it had never been for a time of %d', async (ttlMs) => {
      expect(await insert(ttlMs)).toBe(true);
      expect([await isThere(), await records.count(collection, 'all')]).toEqual([false, 0]);
      expect((await records.list(collection, 'all', { limit: 5 })).items).toEqual([]);
    });

    it('makes room for another of its id, whose lists are its own', async () => {
      await insert(MINUTE_MS, ['both', 'before']);
      await subject.elapse(MINUTE_MS);
      expect(await insert(undefined, ['both', 'after'])).toBe(true);
      expect(await insert(undefined)).toBe(false);
      await subject.elapse(10 * MINUTE_MS);
      expect(await records.get(collection, 'a')).toMatchObject({ version: 1 });
      const counts = ['both', 'before', 'after'].map((list) => records.count(collection, list));
      expect(await Promise.all(counts)).toEqual([1, 0, 1]);
      expect((await records.list(collection, 'both', { limit: 5 })).items).toHaveLength(1);
    });

    it('makes room for one of the very same lists that stays, and that may run out later', async () => {
      await insert(MINUTE_MS);
      await subject.elapse(MINUTE_MS);
      await insert(2 * MINUTE_MS);
      await subject.elapse(MINUTE_MS);
      expect([await isThere(), await records.count(collection, 'all')]).toEqual([true, 1]);
      await subject.elapse(MINUTE_MS);
      await insert(undefined);
      await subject.elapse(100 * MINUTE_MS);
      expect([await isThere(), await records.count(collection, 'all')]).toEqual([true, 1]);
    });

    it('makes room at once, again and again', async () => {
      for (let time = 0; time < 5; time += 1) {
        expect(await insert(1_000, [`list ${time}`])).toBe(true);
        await subject.elapse(1_000);
      }
      const lists = [0, 1, 2, 3].map((time) => records.count(collection, `list ${time}`));
      expect(await Promise.all(lists)).toEqual([0, 0, 0, 0]);
    });

    it('makes room among many that run out at once', async () => {
      const ids = Array.from({ length: 60 }, (_, n) => `id-${n}`);
      for (const id of ids) await insert(MINUTE_MS, ['both', id], id);
      await subject.elapse(MINUTE_MS);
      for (const id of ids.slice(-2)) await insert(undefined, ['both', 'after'], id);
      const counts = ['both', 'after', ...ids].map((list) => records.count(collection, list));
      expect(await Promise.all(counts)).toEqual([2, 2, ...ids.map(() => 0)]);
    });

    it('hides nobody behind it in pages', async () => {
      for (let n = 0; n < 60; n += 1) await insert(n % 3 === 0 ? undefined : MINUTE_MS, ['all'], `id-${n}`);
      await subject.elapse(MINUTE_MS);
      const first = await records.list(collection, 'all', { limit: 15 });
      const second = await records.list(collection, 'all', { limit: 15, after: first.next ?? undefined });
      expect([first.items.length, second.items.length, second.next]).toEqual([15, 5, null]);
    });
  });
};
