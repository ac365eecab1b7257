import { describe, expect, it } from '@jest/globals';
import { parseYaml } from './parse-yaml.ts';

const mistakeIn = (text: string): string | undefined => {
  const parsed = parseYaml(text);
  if ('value' in parsed) return undefined;
  const [{ where, what } = { where: '', what: '' }] = parsed.mistakes;
  return `${where}: ${what}`;
};

const bomb = (levels: number): string =>
  Array.from(
    { length: levels },
    (_, level) =>
      `a${level}: &a${level} [${Array(9)
        .fill(level ? `*a${level - 1}` : 'x')
        .join()}]`,
  ).join('\n');

describe('parseYaml refuses', () => {
  it.each([
    ['a: 1\nb: 2\na: 3', 'line 3, column 1: this key stands here twice'],
    ['{"a": 1, "a": 2}', 'line 1, column 10: this key stands here twice'],
    ['a: !own 1', 'line 1, column 4: a tag'],
    ['a: !!binary aGk=', 'line 1, column 4: a tag'],
    ['a: !!js/function "x"', 'a tag'],
    ['a: 1\n---\nb: 2', 'line 2, column 1: a second document'],
    ['? [a]\n: b', 'a key is no text'],
    ['a:\n\tb: 1', 'a tab'],
    ['a: "b', 'line 1, column 6: something is not closed'],
    ['{"a": [1, 2}', 'line 1, column 12: '],
    ['a: *b', 'alias'],
    ['a: &a [*a]', 'alias'],
    ['__proto__: { public: true }', '__proto__'],
    ['a: [{ __proto__: 1 }]', '__proto__'],
    ['[', 'line 1'],
    ['['.repeat(60) + ']'.repeat(60), '50 levels'],
    ['['.repeat(5_000), 'too deeply'],
    [bomb(9), 'too large once its aliases are followed'],
    [`a: &a x\nb: [${'*a,'.repeat(1_001)}]`, 'more than 1000 aliases'],
    [`# ${'é'.repeat(524_288)}`, 'larger than 1 MiB'],
  ])('%.40j', (text, mistake) => expect(mistakeIn(text)).toContain(mistake));

  it('several things at once', () => {
    const parsed = parseYaml('a: 1\na: 2\nb: !x 1\n');
    expect('mistakes' in parsed && parsed.mistakes).toHaveLength(2);
  });
});

describe('parseYaml', () => {
  it.each([
    ['', null],
    [
      'a: [yes, no, off, 0o10, 0x10, 1e3, 1_000, 2026-01-01, ~]',
      { a: ['yes', 'no', 'off', 8, 16, 1_000, '1_000', '2026-01-01', null] },
    ],
    ['%YAML 1.1\n---\na: yes', { a: 'yes' }],
    ['{"a": {"b": [1, true, "\\u00e9"]}}', { a: { b: [1, true, 'é'] } }],
    ['\ufeffa: 100/60', { a: '100/60' }],
    ['a: &x { b: 1 }\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['<<: { a: 1 }', { '<<': { a: 1 } }],
    ['1: a', { 1: 'a' }],
    [bomb(3), expect.objectContaining({ a2: expect.any(Array) })],
  ])('reads %.60j', (text, value) => expect(parseYaml(text)).toEqual({ value }));
});
