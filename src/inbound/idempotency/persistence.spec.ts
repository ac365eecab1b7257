import { beforeEach, describe, expect, it } from '@jest/globals';
import { captureLog, type CapturedLog } from '../../../test/support/captured-log.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RecordsUnavailable } from '../../platform/records/records.ts';
import { Persistence } from './persistence.ts';

let clock: FakeClock;
let captured: CapturedLog;
let persistence: Persistence;
let tries = 0;
beforeEach(() => {
  clock = new FakeClock();
  captured = captureLog();
  persistence = new Persistence(clock, captured.log);
  tries = 0;
});

const failing =
  (times: number, error: Error = new RecordsUnavailable()) =>
  (): Promise<void> =>
    (tries += 1) > times ? Promise.resolve() : Promise.reject(error);

describe('what has to be kept', () => {
  it.each([new RecordsUnavailable(), new Error('OOM command not allowed')])(
    'is tried four times in half a minute, and then given up with a warning: %s',
    async (error) => {
      await persistence.insist(failing(Infinity, error));
      await elapse(clock, 60_000);
      expect([tries, captured.lines.length, clock.pending]).toEqual([4, 1, 0]);
    },
  );

  it('waits together with a hundred others, and no more', async () => {
    for (let at = 0; at < 101; at += 1) await persistence.insist(failing(Infinity));
    expect([clock.pending, captured.lines.length]).toEqual([100, 1]);
  });

  it('is forgotten when the process stops', async () => {
    await persistence.insist(failing(Infinity));
    persistence.stop();
    await elapse(clock, 60_000);
    expect([tries, clock.pending]).toEqual([1, 0]);
  });

  it('is written once the store is back', async () => {
    await persistence.insist(failing(2));
    expect(tries).toBe(1);
    await elapse(clock, 60_000);
    expect([tries, captured.lines]).toEqual([3, []]);
  });

  it('is written at once when the store is there', async () => {
    await persistence.insist(failing(0));
    expect([tries, clock.pending]).toEqual([1, 0]);
  });
});
