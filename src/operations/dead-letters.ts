import type { BackgroundCalls } from '../jobs/background-calls.ts';
import type { CallRecord } from '../jobs/call-record.ts';
import type { RecordPage, RecordPosition } from '../platform/records/records.ts';

interface Paging {
  readonly limit: number;
  readonly position?: RecordPosition | undefined;
}

/** Calls that ended as nobody wanted, the newest first: two lists read as one, since both are in the same order. */
export const listDeadLetters = async (
  calls: Pick<BackgroundCalls, 'list'>,
  paging: Paging,
): Promise<RecordPage<CallRecord>> => {
  const [failed, unknown] = await Promise.all([
    calls.list({ ...paging, state: 'failed' }),
    calls.list({ ...paging, state: 'outcome_unknown' }),
  ]);
  // One that is made again and fails otherwise while we read may be in both.
  const ids = new Set(failed.items.map(({ id }) => id));
  const all = [...failed.items, ...unknown.items.filter(({ id }) => !ids.has(id))].sort(newestFirst);
  const items = all.slice(0, paging.limit);
  const isEnd = all.length <= paging.limit && failed.next === null && unknown.next === null;
  const last = items.at(-1);
  return { items, next: isEnd || last === undefined ? null : { createdAt: last.createdAt, id: last.id } };
};

/** As lists of records are. */
const newestFirst = (a: RecordPosition, b: RecordPosition): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
