import { describe, expect, it } from '@jest/globals';
import { Secret } from '../secret.ts';
import type { ConfigProblem } from './config-error.ts';
import { readOptions, type OptionsSource } from './read-options.ts';
import { BaseUrl, Fraction, ListOf, OneOf, SecretText, Text, WholeNumber } from './variables.ts';

class FixtureOptions {
  @BaseUrl()
  baseUrl?: string;

  @WholeNumber(1, 1_000)
  waitMs = 10;

  @Fraction(0, 1)
  ratio = 0.5;

  @OneOf(['red', 'green'])
  colour = 'red';

  @Text(/^[a-z]+$/, 'give lower-case letters')
  label = 'plain';

  @ListOf((item) => /^[a-z]+$/.test(item), 'give words separated by commas')
  words: string[] = [];

  @SecretText(8)
  token?: Secret;
}

const source: OptionsSource<FixtureOptions> = { type: FixtureOptions, prefix: 'FIXTURE_' };
const read = (env: Record<string, string>, more: Partial<OptionsSource<FixtureOptions>> = {}) =>
  readOptions({ ...source, ...more }, env);
const problemOf = (env: Record<string, string>): ConfigProblem | undefined => read(env).problems[0];

describe('readOptions, when something is wrong', () => {
  it('lists every problem at once, each with variable, value and remedy', () => {
    const env = {
      FIXTURE_WAIT_MS: 'soon',
      FIXTURE_RATIO: '1.5',
      FIXTURE_COLOUR: 'blue',
      FIXTURE_WORDS: 'one,2',
      FIXTURE_LABEL: 'UP',
    };
    expect(read(env).problems).toEqual([
      { variable: 'FIXTURE_WAIT_MS', value: '"soon"', remedy: 'give a whole number from 1 to 1000' },
      { variable: 'FIXTURE_RATIO', value: '1.5', remedy: 'give a number from 0 to 1' },
      { variable: 'FIXTURE_COLOUR', value: '"blue"', remedy: 'give one of red, green' },
      { variable: 'FIXTURE_LABEL', value: '"UP"', remedy: 'give lower-case letters' },
      { variable: 'FIXTURE_WORDS', value: '["one","2"]', remedy: 'give words separated by commas' },
    ]);
  });

  it.each([
    '1e3',
    '0x10',
    '-1',
    '+5',
    '5.0',
    '.5',
    'NaN',
    'Infinity',
    '1_0',
    '1,0',
    '5ms',
    '0',
    '1001',
    '9'.repeat(16),
  ])('refuses %j as a whole number from 1 to 1000', (text) =>
    expect(problemOf({ FIXTURE_WAIT_MS: text })).toMatchObject({ variable: 'FIXTURE_WAIT_MS' }),
  );

  it.each(['1e-1', '0x1', '-0.1', '1.01', 'NaN', '.5', '0,5', '50%'])('refuses %j as a share', (text) =>
    expect(problemOf({ FIXTURE_RATIO: text })).toMatchObject({ variable: 'FIXTURE_RATIO' }),
  );

  it.each([
    'upstream',
    '/v1',
    'ftp://upstream.example',
    'http://',
    'https://u.example/?a=1',
    'https://u.example/#top',
    'OFF',
  ])('refuses %j as a base URL', (text) =>
    expect(problemOf({ FIXTURE_URL: text })).toMatchObject({ variable: 'FIXTURE_URL' }),
  );

  it.each(['red,green', 'RED', 'constructor'])('refuses %j as one of a few words', (text) =>
    expect(problemOf({ FIXTURE_COLOUR: text })).toMatchObject({ variable: 'FIXTURE_COLOUR' }),
  );

  it('refuses values of the code in the same way', () => {
    expect(read({}, { defaults: { waitMs: Number.NaN } }).problems).toMatchObject([{ variable: 'FIXTURE_WAIT_MS' }]);
  });

  it('looks at combinations only when each value is sound by itself', () => {
    const check = (): ConfigProblem[] => [{ variable: 'A', value: '1', remedy: 'not with B' }];
    expect(read({ FIXTURE_WAIT_MS: 'x' }, { check }).problems).toMatchObject([{ variable: 'FIXTURE_WAIT_MS' }]);
    expect(read({}, { check }).problems).toEqual([{ variable: 'A', value: '1', remedy: 'not with B' }]);
  });
});

describe('readOptions', () => {
  it('takes the environment over the code over the default', () => {
    expect(read({}).options.waitMs).toBe(10);
    expect(read({}, { defaults: { waitMs: 20 } }).options.waitMs).toBe(20);
    expect(read({ FIXTURE_WAIT_MS: '30' }, { defaults: { waitMs: 20 } }).options.waitMs).toBe(30);
  });

  it.each(['', '   ', '\t'])('counts %j as unset', (text) => {
    const env = {
      FIXTURE_WAIT_MS: text,
      FIXTURE_URL: text,
      FIXTURE_TOKEN: text,
      FIXTURE_TOKEN_FILE: text,
      FIXTURE_WORDS: text,
    };
    const { options, problems } = read(env, { defaults: { waitMs: 20, baseUrl: 'https://u.example' } });
    expect(problems).toEqual([]);
    expect(options).toMatchObject({ waitMs: 20, baseUrl: 'https://u.example', words: [] });
    expect(options.token).toBeUndefined();
  });

  it('ignores blanks around a value and around the items of a list', () => {
    expect(read({ FIXTURE_WAIT_MS: ' 5 ', FIXTURE_WORDS: ' one , two ' }).options).toMatchObject({
      waitMs: 5,
      words: ['one', 'two'],
    });
  });

  it('switches a URL of the code off by the word off', () => {
    const { options, problems } = read({ FIXTURE_URL: 'off' }, { defaults: { baseUrl: 'https://u.example' } });
    expect([options.baseUrl, problems]).toEqual([undefined, []]);
  });

  it('gives options that nobody can change', () => {
    expect(Object.isFrozen(read({}).options)).toBe(true);
  });
});
