import { describe } from '@jest/globals';
import { theyAreRecords } from '../contracts/records.contract.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryRecords } from './memory-records.ts';

describe('records in memory, for tests', () => {
  const clock = new FakeClock();
  const records = new MemoryRecords(clock);
  theyAreRecords(() => Promise.resolve({ records, elapse: (byMs) => clock.advance(byMs) }));
});
