import { describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { TroubleLog } from './trouble-log.ts';

const logged = (tells: 'first' | 'each', reasons: readonly (string | undefined)[]): unknown[] => {
  const { log, lines } = captureLog();
  const trouble = new TroubleLog(log, { discovery: 'api.test' }, { begins: 'It fails', ends: 'It is well' }, tells);
  for (const reason of reasons) trouble.tell(reason);
  const entries = lines.map((line) => JSON.parse(line) as Record<string, string>);
  return entries.map(({ level, msg, reason, discovery }) => [level, msg, reason, discovery]);
};

const FAILS = (reason: string) => ['warn', 'It fails', reason, 'api.test'];
const WELL = ['info', 'It is well', undefined, 'api.test'];

describe('the log of troubles', () => {
  it('says nothing while all is well', () => expect(logged('first', [undefined, undefined])).toEqual([]));

  it('says once that it began, whatever the reasons, and once that it is over', () =>
    expect(logged('first', ['a', 'a', 'b', undefined, undefined, 'c'])).toEqual([FAILS('a'), WELL, FAILS('c')]));

  it('says each reason where that is wanted, but none twice in a row', () =>
    expect(logged('each', ['a', 'a', 'b', undefined])).toEqual([FAILS('a'), FAILS('b'), WELL]));

  it('bounds a reason', () => expect(logged('first', ['x'.repeat(9_000)])).toEqual([FAILS('x'.repeat(1_000))]));
});
