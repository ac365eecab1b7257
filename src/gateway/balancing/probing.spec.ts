import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { balancing, seeded, type Balancing } from '../../../test/support/balancing.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import type { Endpoint } from '../../outbound/index.ts';
import { startProbing, type Probing } from './probing.ts';

const OPTIONS = { path: '/health', intervalMs: 15_000, timeoutMs: 2_000, failures: 2 };

let some: Balancing;
let probing: Probing;
/** When whom was asked. */
let asked: { id: string; at: number }[];
/** What servers answer: true unless said otherwise; `never` does not heed the signal either. */
let answers: Record<string, boolean | Error | 'hangs' | 'never'>;
let underWay: number;

const ask = async ({ id }: Endpoint, signal: AbortSignal): Promise<boolean> => {
  asked.push({ id, at: some.clock.now() });
  const answer = answers[id] ?? true;
  if (answer instanceof Error) throw answer;
  if (typeof answer === 'boolean') return answer;
  underWay += 1;
  return new Promise((_resolve, reject) => {
    if (answer === 'never') return;
    signal.addEventListener('abort', () => {
      underWay -= 1;
      reject(signal.reason as Error);
    });
  });
};

const begin = (text: string): void => {
  some = balancing(text);
  const { endpoints, clock } = some;
  probing = startProbing({ options: OPTIONS, endpoints, ask, clock, random: seeded() });
};

/** Lets time pass until it is so, two minutes at most. */
const until = async (isSo: () => boolean): Promise<void> => {
  for (let step = 0; step < 1_200 && !isSo(); step += 1) await some.clock.advance(100);
};

const timesOf = (id: string): number[] => asked.filter((one) => one.id === id).map(({ at }) => at);
const states = (): string[] => some.endpoints.status().map(({ state }) => state);

beforeEach(() => {
  [asked, answers, underWay] = [[], {}, 0];
});

afterEach(() => probing.close());

describe('probing', () => {
  it('asks each at once and then every interval, more or less', async () => {
    begin('a b c');
    await some.clock.advance(150_000);
    for (const id of ['a', 'b', 'c']) {
      const times = timesOf(id);
      expect(times[0]).toBe(0);
      const gaps = times.slice(1).map((at, index) => at - times[index]!);
      expect(gaps.length).toBeGreaterThanOrEqual(9);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(13_500);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(16_500);
    }
    const later = asked.filter(({ at }) => at > 0).map(({ at }) => at);
    expect(new Set(later).size).toBe(later.length);
  });

  it.each([
    ['says no', false],
    ['cannot be asked', new Error('refused')],
    ['does not answer', 'hangs' as const],
  ])('takes out one that %s twice in a row, and no other', async (_what, answer) => {
    answers = { b: answer };
    begin('a b');
    await some.clock.advance(10_000);
    expect(states()).toEqual(['healthy', 'healthy']);
    await some.clock.advance(10_000);
    expect(states()).toEqual(['healthy', 'unhealthy']);
    expect(some.countOf(10)).toEqual({ a: 10 });
  });

  it('does not take out one that fails now and then', async () => {
    begin('a b');
    for (let turn = 0; turn < 10; turn += 1) {
      answers['a'] = turn % 2 === 0;
      const before = timesOf('a').length;
      await until(() => timesOf('a').length > before);
      expect(states()).toEqual(['healthy', 'healthy']);
    }
  });

  it('brings one back by one success, slowly', async () => {
    answers = { b: false };
    begin('a b');
    await some.clock.advance(20_000);
    expect(states()).toEqual(['healthy', 'unhealthy']);
    answers = {};
    await until(() => states()[1] === 'healthy');
    // Up to a tenth of a second later than at its first tenth.
    expect(some.countOf(1_100)['b']).toBeGreaterThan(98);
    expect(some.countOf(1_100)['b']).toBeLessThan(110);
  });

  it('does not end an ejection by a success', async () => {
    begin('a b');
    some.fail('a');
    await some.clock.advance(29_999);
    expect(timesOf('a').length).toBeGreaterThan(1);
    expect(states()).toEqual(['ejected', 'healthy']);
  });

  it('gives up after its time, and does not ask a server that is still being asked', async () => {
    answers = { a: 'hangs', b: 'never' };
    begin('a b');
    await some.clock.advance(1_999);
    expect(underWay).toBe(2);
    await some.clock.advance(1);
    expect(underWay).toBe(1);
    await some.clock.advance(100_000);
    expect(timesOf('a').length).toBeGreaterThan(5);
    expect(timesOf('b')).toEqual([0]);
  });

  it('asks those that come at once, those that go no more, and those that stay as before', async () => {
    answers = { a: 'hangs' };
    begin('a b');
    await some.clock.advance(1_000);
    some.set('b*2 c');
    await settled();
    expect([underWay, timesOf('b'), timesOf('c')]).toEqual([0, [0], [1_000]]);
    await some.clock.advance(100_000);
    expect(timesOf('a')).toEqual([0]);
    expect(timesOf('b').length).toBeGreaterThan(5);
    expect(timesOf('c').length).toBeGreaterThan(5);
  });

  it('leaves nothing when it ends, and says nothing more', async () => {
    answers = { a: 'hangs', b: 'never', c: true };
    begin('a b c');
    await some.clock.advance(1_000);
    probing.close();
    expect(some.clock.pending).toBe(0);
    some.set('a d');
    await some.clock.advance(100_000);
    expect([asked.length, some.clock.pending]).toEqual([3, 0]);
    expect(states()).toEqual(['healthy', 'healthy']);
  });
});
