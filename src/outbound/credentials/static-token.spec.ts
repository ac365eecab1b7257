import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { withEnvironment } from '../../../test/support/with-environment.ts';
import { Secret } from '../../platform/secret.ts';
import { defineProvider } from '../define-provider.ts';
import { staticToken, StaticTokenOptions } from './static-token.ts';
import { BEARER } from './token-placement.ts';

const { config } = defineProvider('moorage', { credential: staticToken() });
const tokenOf = (): string | undefined => (config() as StaticTokenOptions).token?.reveal();

const inFile = async (text: string, work: (path: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'token-'));
  const path = join(folder, 'token');
  await writeFile(path, text);
  await work(path).finally(() => rm(folder, { recursive: true }));
};

describe('the static token of a provider', () => {
  it('is read from the variable, and is not shown', () =>
    withEnvironment({ MOORAGE_TOKEN: ' s3cret ' }, async () => {
      expect(tokenOf()).toBe('s3cret');
      expect(inspect(config(), { showHidden: true, depth: 10 })).not.toContain('s3cret');
    }));

  it('is read from the file, which outweighs the variable', () =>
    inFile('from-a-file\n', (path) =>
      withEnvironment({ MOORAGE_TOKEN: 's3cret', MOORAGE_TOKEN_FILE: path }, async () =>
        expect(tokenOf()).toBe('from-a-file'),
      ),
    ));

  it('is not there when it is empty', () =>
    withEnvironment({ MOORAGE_TOKEN: ' ' }, async () => expect(tokenOf()).toBeUndefined()));

  it('stops the start when its file is empty or missing', async () => {
    await inFile('', (path) =>
      withEnvironment({ MOORAGE_TOKEN_FILE: path }, async () => expect(() => config()).toThrow('MOORAGE_TOKEN_FILE=')),
    );
    await withEnvironment({ MOORAGE_TOKEN_FILE: 's3cret' }, async () => {
      expect(() => config()).toThrow('MOORAGE_TOKEN_FILE=[redacted]: name a file that this process may read');
    });
    expect(tokenOf()).toBeUndefined();
  });

  // Else every call fails as a mistake of our own.
  it.each(['ключ', 'two\nlines', 'a\u007fb'])('stops the start when no header can hold it: %j', (token) =>
    withEnvironment({ MOORAGE_TOKEN: token }, async () => expect(() => config()).toThrow('MOORAGE_TOKEN=[redacted]')),
  );
});

describe('staticToken', () => {
  const create = (token?: Secret) =>
    staticToken().createSource({ options: Object.assign(new StaticTokenOptions(), { token }) } as never);

  it('lacks a token where there is none', () => {
    expect([create().missing, create().principal()]).toEqual(['a token', undefined]);
    expect(create(new Secret('a')).missing).toBeUndefined();
  });

  it('is a bearer token, or in a header of any spelling, or in the query', () => {
    expect(staticToken().placement).toEqual(BEARER);
    expect(staticToken({ header: 'X-API-Key' }).placement).toEqual({ header: 'x-api-key' });
    expect(staticToken({ header: 'Authorization', scheme: 'Token' }).placement).toEqual({
      header: 'authorization',
      scheme: 'Token',
    });
    expect(staticToken({ query: 'Api_Key' }).placement).toEqual({ query: 'Api_Key' });
  });
});
