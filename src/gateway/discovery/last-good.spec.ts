import { describe, expect, it } from '@jest/globals';
import type { Answer } from './answer.ts';
import { LastGood, NO_RECORDS } from './last-good.ts';

const NONE = { kind: 'none' } as const;
const FAILED = { kind: 'failed', reason: 'ETIMEOUT' } as const;
const records = (...of: string[]) => ({ kind: 'records', records: of, ttlMs: 5 }) as const;

/** What is known after each answer. */
const after = (...answers: Answer<string>[]): (readonly string[])[] => {
  const good = new LastGood<string>();
  return answers.map((answer) => good.take(answer).records);
};

describe('what was good last', () => {
  it('stays while asking fails, however often', () =>
    expect(after(records('a'), FAILED, FAILED, FAILED)).toEqual([['a'], ['a'], ['a'], ['a']]));

  it('is gone when there is none twice in a row', () =>
    expect(after(records('a'), NONE, NONE)).toEqual([['a'], ['a'], []]));

  it('is gone when nobody answers in between', () =>
    expect(after(records('a'), NONE, FAILED, NONE)).toEqual([['a'], ['a'], ['a'], []]));

  it('stays when there was one in between', () =>
    expect(after(records('a'), NONE, records('b'), NONE)).toEqual([['a'], ['a'], ['b'], ['b']]));

  it('does not come back when asking fails later', () =>
    expect(after(records('a'), NONE, NONE, FAILED)).toEqual([['a'], ['a'], [], []]));

  it('says at once that there are no records where an answer has none', () =>
    expect(after(records('a'), records())).toEqual([['a'], []]));

  it('says why there was no better answer', () => {
    const good = new LastGood<string>();
    expect(good.take(records('a'))).toMatchObject({ records: ['a'], ttlMs: 5 });
    expect(good.take(FAILED)).toEqual({ records: ['a'], trouble: 'ETIMEOUT' });
    expect(good.take(NONE)).toEqual({ records: ['a'], trouble: NO_RECORDS });
  });
});
