import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Records } from '../../src/platform/records/records.ts';
import { rejectionOf } from '../support/rejection-of.ts';
import { itKeepsLists } from './records-lists.contract.ts';
import { itKeepsRecordsForAWhile } from './records-time.contract.ts';
import type { RecordsUnderTest } from './records-under-test.ts';

const ODD_NAMES: readonly string[] = [
  '"',
  "'; DROP SCHEMA breakwater CASCADE; --",
  '{a,b}',
  'NULL',
  '\\',
  '\\u0000',
  '\0',
  '\ud800',
  '\ufffd',
  '\n',
  ' ',
  '%',
  'Ä',
  'ä',
  'a\u0308',
  '🌊',
  'doc:1',
  '__proto__',
  'x'.repeat(255),
  '€'.repeat(255),
  '\n'.repeat(255),
];

const UNUSABLE_NAMES = {
  'an empty one': '',
  'one of 256 characters': 'x'.repeat(256),
  'one of too many characters that have to be escaped': '\u0001'.repeat(255),
};

/** What all records promise, whatever keeps them. Calls `open` before each test, and gives each collections of its own. */
export const theyAreRecords = (open: () => Promise<RecordsUnderTest>): void => {
  let records: Records;
  let collection: string;
  let tests = 0;
  beforeEach(async () => {
    ({ records } = await open());
    collection = `collection-${(tests += 1)}`;
  });

  const valueOf = async (id: string, of: string = collection): Promise<unknown> => (await records.get(of, id))?.value;

  describe('a record', () => {
    it('is absent until it is put there', async () => {
      expect(await records.get(collection, 'a')).toBeUndefined();
      expect(await records.replace(collection, 'a', 1, { value: 1 })).toBe(false);
      expect(await records.replace(collection, 'a', 0, { value: 1 })).toBe(false);
      expect(await records.delete(collection, 'a')).toBe(false);
      expect(await records.get(collection, 'a')).toBeUndefined();
    });

    it('is given back as it was put there, with version and time', async () => {
      const value = { text: 'Äpfel "und" \\ \0 🌊\n', list: [1, 2.5, null, true], empty: {}, none: [] };
      expect(await records.insert(collection, { id: 'a', value })).toBe(true);
      const found = await records.get(collection, 'a');
      expect(found).toEqual({ id: 'a', version: 1, createdAt: expect.any(Number), value });
      expect(found!.createdAt).toBeGreaterThan(Date.UTC(2020, 0, 1));
    });

    it.each([[null], [0], [''], [false], ['x'.repeat(200_000)], [[]]])(
      'may be any JSON, large ones too',
      async (value) => {
        await records.insert(collection, { id: 'a', value });
        expect(await valueOf('a')).toEqual(value);
        await records.replace(collection, 'a', 1, { value: [value] });
        expect(await valueOf('a')).toEqual([value]);
      },
    );

    it('is not put there twice', async () => {
      await records.insert(collection, { id: 'a', value: 1, lists: ['one'] });
      expect(await records.insert(collection, { id: 'a', value: 2, lists: ['other'] })).toBe(false);
      expect([await valueOf('a'), await records.count(collection, 'other')]).toEqual([1, 0]);
    });

    it('is put there by one of many who try', async () => {
      const tries = Array.from({ length: 50 }, (_, value) => records.insert(collection, { id: 'a', value }));
      const winners = (await Promise.all(tries)).flatMap((isWinner, value) => (isWinner ? [value] : []));
      expect(winners).toEqual([await valueOf('a')]);
    });

    it('is replaced by one of many who know its version', async () => {
      await records.insert(collection, { id: 'a', value: 'first' });
      for (const version of [1, 2, 3]) {
        const tries = Array.from({ length: 50 }, (_, value) => records.replace(collection, 'a', version, { value }));
        const winners = (await Promise.all(tries)).flatMap((isWinner, value) => (isWinner ? [value] : []));
        expect(winners).toHaveLength(1);
        expect(await records.get(collection, 'a')).toMatchObject({ version: version + 1, value: winners[0] });
      }
    });

    it('is replaced by those who try again, each of them once', async () => {
      await records.insert(collection, { id: 'a', value: 0 });
      const increase = async (): Promise<void> => {
        const { version, value } = (await records.get<number>(collection, 'a'))!;
        if (!(await records.replace(collection, 'a', version, { value: value + 1 }))) await increase();
      };
      await Promise.all(Array.from({ length: 10 }, increase));
      expect(await records.get(collection, 'a')).toMatchObject({ version: 11, value: 10 });
    });

    it('keeps the time it was put there when it is replaced, and begins anew when it was deleted', async () => {
      await records.insert(collection, { id: 'a', value: 1 });
      const before = await records.get(collection, 'a');
      await records.replace(collection, 'a', 1, { value: 2 });
      expect(await records.get(collection, 'a')).toEqual({ ...before, version: 2, value: 2 });
      expect([await records.delete(collection, 'a'), await records.delete(collection, 'a')]).toEqual([true, false]);
      expect(await records.replace(collection, 'a', 2, { value: 3 })).toBe(false);
      expect(await records.insert(collection, { id: 'a', value: 4 })).toBe(true);
      expect(await records.get(collection, 'a')).toMatchObject({ version: 1, value: 4 });
    });

    it('is apart from those of other collections', async () => {
      const others = [`${collection}:doc`, `${collection} `, collection.toUpperCase(), `${collection}\\c`];
      await records.insert(collection, { id: 'doc:a b', value: 'mine', lists: ['all'] });
      for (const other of others) {
        expect(await records.insert(other, { id: 'doc:a b', value: other, lists: ['all'] })).toBe(true);
        expect(await records.insert(other, { id: 'a b', value: other, lists: ['all'] })).toBe(true);
        expect(await records.count(other, 'all')).toBe(2);
      }
      for (const other of others) await records.delete(other, 'doc:a b');
      expect([await valueOf('doc:a b'), await records.count(collection, 'all')]).toEqual(['mine', 1]);
    });
  });

  describe('a name', () => {
    it('may be anything, of records and of lists', async () => {
      for (const name of ODD_NAMES)
        expect(await records.insert(collection, { id: name, value: name, lists: [name, 'all'] })).toBe(true);
      for (const name of ODD_NAMES) {
        expect(await valueOf(name)).toBe(name);
        const { items } = await records.list(collection, name, { limit: 10 });
        expect(items).toEqual([expect.objectContaining({ id: name, value: name })]);
      }
      const { items } = await records.list(collection, 'all', { limit: 1_000 });
      expect(items.map(({ id }) => id).toSorted()).toEqual([...ODD_NAMES].toSorted());
      for (const name of ODD_NAMES) {
        expect(await records.replace(collection, name, 1, { value: 'new', lists: [] })).toBe(true);
        expect(await records.delete(collection, name)).toBe(true);
      }
      expect(await records.count(collection, 'all')).toBe(0);
    });

    it.each(Object.entries(UNUSABLE_NAMES))('is refused when nothing can be kept under it: %s', async (_, name) => {
      const attempts = [
        records.insert(collection, { id: name, value: 1 }),
        records.insert(collection, { id: 'a', value: 1, lists: [name] }),
        records.replace(collection, 'a', 1, { value: 1, lists: ['fine', name] }),
      ];
      for (const attempt of attempts) expect(await rejectionOf(attempt)).toBeInstanceOf(TypeError);
      expect(await records.get(collection, name)).toBeUndefined();
      expect(await records.list(collection, name, { limit: 1 })).toEqual({ items: [], next: null });
    });
  });

  itKeepsLists(open);
  itKeepsRecordsForAWhile(open);
};
