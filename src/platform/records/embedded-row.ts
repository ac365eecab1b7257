import type { StoredRecord } from './records.ts';
import { fromStoredName } from './stored-name.ts';

/** A record as the embedded store gives it. */
export interface Row {
  readonly id: string;
  readonly version: number;
  readonly created_at: number;
  readonly value: string;
}

export const toStored = <T>({ id, version, created_at: createdAt, value }: Row): StoredRecord<T> => ({
  id: fromStoredName(id),
  version,
  createdAt,
  value: JSON.parse(value) as T,
});
