import { describe, expect, it } from '@jest/globals';
import type { CallFilter } from '../jobs/background-calls.ts';
import type { CallRecord } from '../jobs/call-record.ts';
import type { RecordPage, StoredRecord } from '../platform/records/records.ts';
import { listDeadLetters } from './dead-letters.ts';

type Letter = StoredRecord<CallRecord>;

const letter = (id: string, createdAt: number): Letter => ({ id, createdAt, version: 1, value: {} as CallRecord });

const SOME = [letter('h', 9), letter('f', 7), letter('e', 7)];
const OTHERS = [letter('g', 8), letter('f2', 7), letter('d', 7), letter('c', 3), letter('b', 2), letter('a', 1)];

const isAfter = (one: Letter, { createdAt, id }: { createdAt: number; id: string }): boolean =>
  one.createdAt < createdAt || (one.createdAt === createdAt && one.id < id);

/** As they are kept: the newest first, those of one moment by id, descending. */
const keep = (letters: Readonly<Partial<Record<string, Letter[]>>>) => ({
  list: ({ state = 'failed', limit, position }: CallFilter): Promise<RecordPage<CallRecord>> => {
    const rest = letters[state]!.filter((one) => position === undefined || isAfter(one, position));
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    return Promise.resolve({
      items,
      next: last && rest.length > limit ? { createdAt: last.createdAt, id: last.id } : null,
    });
  },
});

const walk = async (calls: ReturnType<typeof keep>, limit: number): Promise<string[][]> => {
  const pages: string[][] = [];
  let position: { createdAt: number; id: string } | null | undefined;
  while (position !== null) {
    const page: RecordPage<CallRecord> = await listDeadLetters(calls, { limit, position });
    pages.push(page.items.map(({ id }) => id));
    position = page.next;
  }
  return pages;
};

describe.each([
  ['most are unknown', { failed: SOME, outcome_unknown: OTHERS }],
  ['most have failed', { failed: OTHERS, outcome_unknown: SOME }],
])('dead letters of which %s', (_which, letters) => {
  const ALL = ['h', 'g', 'f2', 'f', 'e', 'd', 'c', 'b', 'a'];

  it.each([1, 2, 3, 4, 8, 9, 100])('are one list in order, each once, by pages of %i', async (limit) => {
    const pages = await walk(keep(letters), limit);
    expect(pages.flat()).toEqual(ALL);
    expect(pages).toHaveLength(Math.ceil(ALL.length / limit));
  });
});

it('there may be none', async () => {
  expect(await walk(keep({ failed: [], outcome_unknown: [] }), 20)).toEqual([[]]);
});
