import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readServerList } from '../../src/gateway/discovery/server-list.ts';
import { readRoutes } from '../../src/gateway/routes/read-routes.ts';
import type { RouteMistakes } from '../../src/gateway/routes/route-mistakes.ts';
import { PROJECT } from './source-files.ts';

const AROUND = { path: 'routes.yaml', environment: { ORIGIN_KEY: 'k' }, providers: ['cms', 'pokeapi', 'semaphore'] };

const textOf = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');
const examplesIn = (text: string): string[] =>
  [...text.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, example]) => example!);

const isRoutes = (example: string): boolean => example.startsWith('routes:');
const GUIDE = textOf('docs/gateway.md');
const EXAMPLES = [GUIDE, textOf('README.md')].flatMap(examplesIn);

/** The keys that a map takes, as the mistake of a wrong one tells them. */
const keysOf = (path: readonly string[]): string[] => {
  const wrong = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), { nonsense: 1 });
  try {
    readRoutes(JSON.stringify({ routes: [wrong] }), AROUND);
  } catch (error) {
    const told = (error as RouteMistakes).mistakes.find((line) => line.includes('there is no "nonsense"')) ?? '';
    return told.replace(/^.*the keys are /, '').split(', ');
  }
  throw new Error(`${path.join('.')} takes any key`);
};

const MAPS = [
  [],
  ...['match', 'target', 'request', 'response', 'timeouts', 'retries', 'hedge', 'cache'].map((key) => [key]),
  ...['balance', 'ejection', 'probe', 'dns', 'srv'].map((key) => ['target', key]),
  ...['request', 'response'].map((key) => [key, 'headers']),
  ['aggregate', '<part>'],
];

describe('the documented routes', () => {
  it('are some', () => {
    expect(EXAMPLES.filter(isRoutes).length).toBeGreaterThanOrEqual(10);
    expect(examplesIn(textOf('README.md')).filter(isRoutes)).toHaveLength(1);
  });

  it.each(EXAMPLES.filter(isRoutes))('are accepted: %#', (example) => {
    expect(readRoutes(example, AROUND).length).toBeGreaterThan(0);
  });

  it.each(EXAMPLES.filter((example) => !isRoutes(example)))(
    'lead to lists of servers that are accepted: %#',
    (example) => {
      expect(readServerList(example)).toMatchObject({ servers: expect.any(Array) });
    },
  );
});

describe('docs/gateway.md', () => {
  it.each(MAPS.map((path) => [path.join('.'), path] as const))('explains each key of %j in a table', (_name, path) => {
    const keys = keysOf(path).map((key) => [...path, key].join('.'));
    expect(keys.length).toBeGreaterThan(1);
    const isExplained = (key: string): boolean => ['`', '.'].some((end) => GUIDE.includes(`\n| \`${key}${end}`));
    expect(keys.filter((key) => !isExplained(key))).toEqual([]);
  });
});
