import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readRoutes } from '../read-routes.ts';
import type { RouteOptions } from '../route-options.ts';

const PASSWORD = 'hunter2hunter2';

const read = (headers: object, environment: NodeJS.ProcessEnv = {}): RouteOptions => {
  const text = JSON.stringify({ routes: [{ name: 'a', target: { provider: 'cms' }, request: { headers } }] });
  return readRoutes(text, { path: 'r', environment, providers: ['cms'] })[0]!;
};

const mistakesIn = (headers: object, environment: NodeJS.ProcessEnv = {}): readonly string[] => {
  try {
    read(headers, environment);
    return [];
  } catch (error) {
    const { mistakes } = error as { mistakes: string[] };
    return mistakes.map((line) => line.replace('GATEWAY_ROUTES=r: routes[0].request.headers', ''));
  }
};

describe('rules for headers are refused', () => {
  it.each([
    'Connection',
    'te',
    'Transfer-Encoding',
    'content-length',
    'Upgrade',
    'keep-alive',
    'Proxy-Authorization',
    'trailer',
    'expect',
  ])('for %s, which belongs to the connection or the message', (name) => {
    for (const rule of [{ set: { [name]: 'x' } }, { add: { [name]: 'x' } }, { remove: [name] }]) {
      expect(mistakesIn(rule)).toEqual([expect.stringContaining('leave it out')]);
    }
  });

  it.each([
    [{ set: { Host: 'a' } }, '.set.Host: leave it out: request.host says'],
    [{ set: { ':path': 'a' } }, '.set[":path"]: leave it out: names with a colon'],
    [{ add: { 'a b': 'c' } }, '.add["a b"]: is no header name'],
    [{ add: { é: 'c' } }, 'is no header name'],
    [{ remove: [''] }, '.remove[0]: is "": is no header name'],
    [{ remove: [5] }, '.remove[0]: is 5: give a header name in quotes'],
    [{ set: { x: 5 } }, '.set.x: give printable text in quotes, or { env: NAME }'],
    [{ set: { x: 'a\nb' } }, '.set.x: give printable text'],
    [{ set: { x: 'a\0' } }, '.set.x'],
    [{ set: { x: ' a' } }, '.set.x'],
    [{ set: { x: 'é' } }, '.set.x'],
    [{ set: { x: { env: 'a-b' } } }, '.set.x.env: is "a-b": give the name of an environment variable'],
    [{ set: { x: { file: 'a' } } }, '.set.x.env: is missing'],
    [{ set: { 'X-A': '1', 'x-a': '2' } }, '.set.x-a: stands here twice'],
    [{ remove: ['x-a', 'X-A'] }, '.remove[1]: stands here twice'],
    [{ set: { 'X-A': '1' }, remove: ['x-a'] }, '.set.X-A: contradicts remove'],
    [{ delete: ['x'] }, ': there is no "delete": the keys are set, add, remove'],
  ])('such as %j', (rules, mistake) => expect(mistakesIn(rules)[0]).toContain(mistake));
});

describe('a header whose value comes from the environment', () => {
  const rules = { set: { 'x-api-key': { env: 'ORIGIN_KEY' } } };
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'routes-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fileWith = (text: string): string => {
    writeFileSync(join(folder, 'key'), text);
    return join(folder, 'key');
  };

  it.each([{}, { ORIGIN_KEY: '' }, { ORIGIN_KEY: '  ' }])('is refused where there is none: %j', (environment) =>
    expect(mistakesIn(rules, environment)).toEqual([
      '.set.x-api-key.env: the environment has no ORIGIN_KEY: set it, or ORIGIN_KEY_FILE to a file that holds it',
    ]),
  );

  it('is refused where its file is not there, or empty', () => {
    expect(mistakesIn(rules, { ORIGIN_KEY: 'x', ORIGIN_KEY_FILE: join(folder, 'absent') })[0]).toContain(
      'cannot be read',
    );
    expect(mistakesIn(rules, { ORIGIN_KEY_FILE: fileWith('\n') })[0]).toContain('is empty');
  });

  it('is refused without being shown where it fits into no header', () => {
    const [mistake] = mistakesIn(rules, { ORIGIN_KEY: `${PASSWORD}\r\nx: y` });
    expect(mistake).toContain('the value of ORIGIN_KEY holds what no header can');
    expect(mistake).not.toContain(PASSWORD);
  });

  it('is read from the file that is named, before the variable', () => {
    const environment = { ORIGIN_KEY: 'other', ORIGIN_KEY_FILE: fileWith(`${PASSWORD}\n`) };
    expect(read(rules, environment).request.headers.set).toEqual({ 'x-api-key': PASSWORD });
    expect(read(rules, { ORIGIN_KEY: ` ${PASSWORD} ` }).request.headers.set).toEqual({ 'x-api-key': PASSWORD });
  });
});
