import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secret } from '../secret.ts';
import { readOptions } from './read-options.ts';
import { BaseUrl, SecretText, WholeNumber } from './variables.ts';

const PASSWORD = 'hunter2hunter2';

class FixtureOptions {
  @BaseUrl()
  baseUrl?: string;

  @WholeNumber(1, 1_000)
  waitMs = 10;

  @SecretText(8)
  token?: Secret;
}

const read = (env: Record<string, string>) => readOptions({ type: FixtureOptions, prefix: 'FIXTURE_' }, env);

describe('readOptions, with secrets', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'fixture-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const fileWith = (text: string): string => {
    const file = join(folder, 'token');
    writeFileSync(file, text);
    return file;
  };

  it.each([`https://ada:${PASSWORD}@u.example`, `https://${PASSWORD}@u.example`, `ftp://ada:${PASSWORD}@u.example`])(
    'refuses the URL %j and shows nothing of it',
    (url) =>
      expect(read({ FIXTURE_URL: url }).problems[0]).toMatchObject({ variable: 'FIXTURE_URL', value: '[redacted]' }),
  );

  it('does not show a credential that stands in the query of a refused URL', () => {
    expect(JSON.stringify(read({ FIXTURE_URL: `https://u.example/?token=${PASSWORD}` }).problems)).not.toContain(
      PASSWORD,
    );
  });

  it('does not show a secret that is too short', () => {
    const problems = read({ FIXTURE_TOKEN: 'hunter2' }).problems;
    expect(problems).toEqual([
      { variable: 'FIXTURE_TOKEN', value: '[redacted]', remedy: 'give at least 8 characters' },
    ]);
  });

  it('names a secret file that cannot be read', () => {
    expect(read({ FIXTURE_TOKEN_FILE: join(folder, 'absent') }).problems[0]).toEqual({
      variable: 'FIXTURE_TOKEN_FILE',
      value: join(folder, 'absent'),
      remedy: 'name a file that this process may read',
    });
    expect(read({ FIXTURE_TOKEN_FILE: folder }).problems[0]).toMatchObject({ variable: 'FIXTURE_TOKEN_FILE' });
  });

  it('reads a secret from its file, without the line break at its end', () => {
    const { options, problems } = read({ FIXTURE_TOKEN_FILE: fileWith(`${PASSWORD}\n`) });
    expect([options.token?.reveal(), problems]).toEqual([PASSWORD, []]);
  });

  it('prefers the file to the variable', () => {
    const env = { FIXTURE_TOKEN: 'from-the-variable', FIXTURE_TOKEN_FILE: fileWith(PASSWORD) };
    expect(read(env).options.token?.reveal()).toBe(PASSWORD);
  });

  it('reads nothing else from files', () => {
    expect(read({ FIXTURE_WAIT_MS_FILE: fileWith('20') }).options.waitMs).toBe(10);
  });
});
