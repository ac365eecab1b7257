import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { ContractWatch } from './contract-watch.ts';

let clock: FakeClock;
let watch: ContractWatch;
beforeEach(() => {
  clock = new FakeClock();
  watch = new ContractWatch({ name: 'fixture', clock });
});

const look = async (toAnswer: (time: number) => unknown, times = 20): Promise<void> => {
  for (let time = 0; time < times; time += 1) {
    watch.look('getThing', toAnswer(time));
    await clock.advance(1_000);
  }
};

const paths = (): string[] => watch.findings.map(({ kind, path }) => `${kind} ${path}`);

const nested = (depth: number, value: unknown): unknown => (depth === 0 ? value : { child: nested(depth - 1, value) });

describe('what the contract watch tells of', () => {
  it.each([
    '7',
    'ada@example.com',
    '2031-02-03',
    'a long sentence',
    'müller',
    'z'.repeat(41),
    'ab12cd34',
    '/etc/passwd',
    '__1234',
    '',
  ])('are never keys that look like data, such as %j', async (key) => {
    await look(() => ({ known: { id: 1 } }));
    await look(() => ({ known: { id: 1, [key]: 1 } }), 2);
    await look(() => ({ known: { id: 1, [key]: 'text' } }), 30);
    watch.noteBroken('getThing', [{ message: '', path: ['known', key, 'more'] }], { known: { id: 1, [key]: 'text' } });
    expect(JSON.stringify(watch.findings)).not.toContain(key === '' || key === '7' ? `known.${key}"` : key);
    expect(paths()).toEqual(['missing known.{}.more']);
  });

  it.each([
    [
      'always other keys',
      (time: number) => ({ people: { [`ada-${'abcdefghijklmnopqrstuvwxyz'[time % 26]}`]: { id: 1 } } }),
    ],
    [
      'many keys',
      () => ({ people: Object.fromEntries(Array.from(Array(150).keys(), (n) => [`p${toLetters(n)}`, { id: 1 }])) }),
    ],
  ])('are never keys of an object that has %s', async (_what, toAnswer) => {
    await look(toAnswer, 60);
    await look(() => ({ people: { newcomer: { id: 1 } } }), 3);
    expect(paths()).toEqual([]);
    await look(() => ({ people: { newcomer: { id: 'text' } } }), 1);
    expect(paths()).toEqual(['retyped people.{}.id']);
  });

  it.each([
    ['nothing', undefined],
    ['text', 'text'],
    ['a key named __proto__', JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 1, "hasOwnProperty": 2}')],
  ])('survives %s', async (_what, answer: unknown) => {
    await look(() => answer, 30);
    watch.noteBroken(
      'getThing',
      [
        { message: '', path: ['__proto__', 'polluted'] },
        { message: '', path: [Symbol('s')] },
      ],
      answer,
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is no deeper than eight levels', async () => {
    await look(() => nested(30, { id: 1 }));
    await look(() => nested(30, { other: 1 }), 2);
    await look(() => nested(8, 1), 1);
    expect(paths()).toEqual([`retyped ${Array(8).fill('child').join('.')}`]);
  });

  it('are the fields of small objects, too, in an answer that is too large to be looked at as a whole', async () => {
    const many = (item: unknown): unknown[] => Array<unknown>(30).fill(item);
    const rows = (field: string): unknown => many(many(many({ id: 1, [field]: 1 })));
    await look(() => rows('name'), 25);
    await look(() => rows('title'), 1);
    expect(paths()).toEqual(['new [][][].title', 'missing [][][].name']);
  });

  it('are no more than 200 things for a provider', async () => {
    const answer = Object.fromEntries(Array.from(Array(90).keys(), (n) => [`f${toLetters(n)}`, n]));
    for (const operation of ['a', 'b', 'c'])
      for (let time = 0; time < 21; time += 1) {
        watch.look(operation, time < 20 ? answer : {});
        watch.look(operation, answer);
        await clock.advance(1_000);
        if (time === 20) watch.look(operation, { one: 'more' });
      }
    expect(watch.findings).toHaveLength(200);
  });

  it('are no more than 20 fields of one broken answer', () => {
    const issues = Array.from(Array(100).keys(), (n) => ({ message: '', path: [`f${toLetters(n)}`] }));
    watch.noteBroken('getThing', issues, {});
    expect(watch.findings).toHaveLength(20);
  });
});

function toLetters(n: number): string {
  return String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26));
}
