import type { Records } from '../../src/platform/records/records.ts';

export interface RecordsUnderTest {
  readonly records: Records;
  /** Lets time pass for the records, wherever they get their time from. */
  elapse(byMs: number): Promise<void>;
}
