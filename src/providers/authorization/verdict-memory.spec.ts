import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { Secret } from '../../platform/secret.ts';
import { accept, refuse, type Judgement } from './judgement.ts';
import { VerdictMemory } from './verdict-memory.ts';

let clock: FakeClock;
let memory: VerdictMemory;

beforeEach(() => {
  clock = new FakeClock();
  memory = new VerdictMemory(clock);
});

const accepted = (lifeMs: number): Judgement => {
  const expiresAt = clock.wallTime() + lifeMs;
  const caller = { issuer: 'i', subject: 's', audience: [], scopes: [], expiresAt, token: new Secret('t') };
  return accept(caller, clock.wallTime(), 60_000);
};

const judging = (judgement: Judgement) => jest.fn(() => Promise.resolve(judgement));

describe('the memory of verdicts', () => {
  it.each([
    ['a minute', 3_600_000, 60_000],
    ['the life of the token', 5_000, 5_000],
  ])('keeps a good one for %s at most', async (_how, lifeMs, keptMs) => {
    const judge = judging(accepted(lifeMs));
    await memory.verdictOn('a', judge);
    await clock.advance(keptMs - 1);
    await memory.verdictOn('a', judge);
    expect(judge).toHaveBeenCalledTimes(1);
    await clock.advance(1);
    await memory.verdictOn('a', judge);
    expect(judge).toHaveBeenCalledTimes(2);
  });

  it('keeps no failure, and shares it among those who wait', async () => {
    const judge = jest.fn(() => Promise.reject(new Error('down')));
    const both = [memory.verdictOn('a', judge), memory.verdictOn('a', judge)].map(rejectionOf);
    const [first, second] = await Promise.all(both);
    expect([second, judge.mock.calls.length]).toEqual([first, 1]);
    await rejectionOf(memory.verdictOn('a', judge));
    expect(judge).toHaveBeenCalledTimes(2);
  });

  it('shares with nobody what was not found out in full', async () => {
    const gate = Promise.withResolvers<Judgement>();
    const hasty = memory.verdictOn('a', () => gate.promise, false);
    expect(await memory.verdictOn('a', judging(accepted(60_000)))).toHaveProperty('caller');
    gate.resolve(refuse('not known'));
    expect(await hasty).toEqual({ refusal: 'not known' });
  });

  it('shares what is being found out with who would not ask', async () => {
    const gate = Promise.withResolvers<Judgement>();
    const [full, hasty] = [
      memory.verdictOn('a', () => gate.promise),
      memory.verdictOn('a', judging(refuse('not known')), false),
    ];
    gate.resolve(accepted(60_000));
    expect(await hasty).toBe(await full);
  });

  it('keeps nothing of a token that is not worth it', async () => {
    const judge = judging(refuse('expired'));
    await memory.verdictOn('a', judge);
    await memory.verdictOn('a', judge);
    expect(judge).toHaveBeenCalledTimes(2);
  });

  it('keeps good tokens however many bad ones come, and only so many of each', async () => {
    const good = judging(accepted(60_000));
    const bad = judging(refuse('not active', 10_000));
    await memory.verdictOn('good', good);
    for (let token = 0; token <= 10_000; token += 1) await memory.verdictOn(`${token}`, bad);
    await memory.verdictOn('good', good);
    await memory.verdictOn('0', bad);
    expect([good.mock.calls.length, bad.mock.calls.length]).toEqual([1, 10_002]);
  });
});
