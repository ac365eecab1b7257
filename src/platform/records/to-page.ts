import type { RecordPage, StoredRecord } from './records.ts';

const MAX_LIMIT = 1_000;

/** How many to ask a store for: one more than wanted tells whether there are more. @throws RangeError for an unusable limit */
export const toFetchCount = (limit: number): number => {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new RangeError(`A page holds 1 to ${MAX_LIMIT} records`);
  return limit + 1;
};

/** Of as many as `toFetchCount` said, or fewer when there are no more. */
export const toPage = <T>(found: readonly StoredRecord<T>[], limit: number): RecordPage<T> => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const next = last && found.length > limit ? { createdAt: last.createdAt, id: last.id } : null;
  return { items, next };
};
